package dev.sluice.validator.process;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.ingress.RejectedEvent;

import java.util.List;

/// A slice after the suppression list: every event is in exactly one of the lists.
///
/// @param valid in the order in which they came
/// @param upTo the last record of the slice
public record AllowedBatch(
        List<CheckedEvent> valid,
        List<RejectedEvent> rejected,
        List<SuppressedEvent> suppressed,
        SequenceNumber upTo) {}
