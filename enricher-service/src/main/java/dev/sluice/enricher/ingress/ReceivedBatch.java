package dev.sluice.enricher.ingress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.AckToken;

import java.util.List;

/// What was read from a slice of a record batch.
///
/// @param rejected what could not be read: a frame counts as one, since nobody knows how many
///     events it held
/// @param token the batch's own with its last slice, none before
public record ReceivedBatch(
        List<ReceivedEvent> events, List<QuarantineRecord> rejected, AckToken token) {}
