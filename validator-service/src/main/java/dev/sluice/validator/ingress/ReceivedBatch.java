package dev.sluice.validator.ingress;

import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// What was read from a slice of a record batch.
///
/// @param rejected what could not be read
/// @param upTo the last record of the slice
public record ReceivedBatch(
        List<ReceivedEvent> events, List<RejectedEvent> rejected, SequenceNumber upTo) {}
