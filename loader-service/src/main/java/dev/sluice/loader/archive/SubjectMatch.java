package dev.sluice.loader.archive;

import java.util.List;

/// An archive object that holds something of a person, or may.
///
/// @param frames of it that hold something: indexes into the object, rising
/// @param certain false if it has to be read to know: it has frames that nobody could read, or no
///     sidecar of its own
public record SubjectMatch(ArchiveKey key, List<Integer> frames, boolean certain) {

    public SubjectMatch {
        frames = List.copyOf(frames);
    }
}
