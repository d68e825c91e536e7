package dev.sluice.replay;

import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.runtime.objects.ObjectStore;

import java.time.InstantSource;

/// What replays work with.
///
/// @param objects the bucket of archive and files
/// @param archive in it
/// @param queue gets the files
/// @param steps of the services
/// @param items where it stands who works on what
/// @param pace for live traffic's sake
/// @param clock tells when claims are renewed
public record ReplayParts(
        ObjectStore objects,
        ArchiveReader archive,
        LoadQueue queue,
        LineSteps steps,
        WorkItems items,
        Pace pace,
        InstantSource clock) {}
