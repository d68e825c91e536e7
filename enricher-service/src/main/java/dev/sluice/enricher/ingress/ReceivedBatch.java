package dev.sluice.enricher.ingress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// What was read from a slice of a record batch.
///
/// @param rejected what could not be read: a frame counts as one, since nobody knows how many
///     events it held
/// @param upTo the last record of the slice
public record ReceivedBatch(
        List<ReceivedEvent> events, List<QuarantineRecord> rejected, SequenceNumber upTo) {}
