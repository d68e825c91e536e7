package dev.sluice.validator.ingress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.SequenceNumber;

/// What was refused: an event, or a frame that nobody can read, which counts as one since nobody
/// knows how many it held.
///
/// @param record that held it
/// @param quarantined what goes into the quarantine
public record RejectedEvent(SequenceNumber record, QuarantineRecord quarantined) {}
