package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveLink;
import dev.sluice.loader.archive.FrameNote;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An object that could be read.
///
/// @param link what it follows; null if it does not say
/// @param frames what is in them, as found now
/// @param bytes of its frames
record CheckedObject(
        ArchiveKey key, @Nullable ArchiveLink link, List<FrameNote> frames, long bytes) {}
