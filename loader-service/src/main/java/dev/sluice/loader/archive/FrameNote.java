package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.SequenceNumber;

import java.util.Map;

/// What a sidecar says of a frame.
///
/// @param readable whether all of its events can be told; those of a damaged frame cannot, and of
///     one with a damaged receipt not all
/// @param events how many there are of each kind
public record FrameNote(SequenceNumber sequence, boolean readable, Map<EventKind, Integer> events) {

    public FrameNote {
        events = Map.copyOf(events);
    }
}
