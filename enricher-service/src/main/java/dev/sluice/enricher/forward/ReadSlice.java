package dev.sluice.enricher.forward;

import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// What was read from some records of a batch.
///
/// @param unreadable records that hold no lines of the derived stream
/// @param upTo the last record of the slice
record ReadSlice(
        List<OutgoingEvent> events, List<UnreadableRecord> unreadable, SequenceNumber upTo) {

    /// @param place shard and sequence number
    record UnreadableRecord(String place, byte[] data, String why) {}
}
