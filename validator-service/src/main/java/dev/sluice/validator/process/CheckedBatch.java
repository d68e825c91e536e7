package dev.sluice.validator.process;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.AckToken;

import java.util.List;

/// A slice after the check: every event is in exactly one of the lists.
///
/// @param valid in the order in which they came
/// @param rejected a frame that could not be read counts as one
/// @param token of the slice they came in
public record CheckedBatch(
        List<CheckedEvent> valid, List<QuarantineRecord> rejected, AckToken token) {}
