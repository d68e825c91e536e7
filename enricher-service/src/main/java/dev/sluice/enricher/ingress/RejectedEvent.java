package dev.sluice.enricher.ingress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.SequenceNumber;

/// What could not be read: an event, or a frame, which counts as one since nobody knows how many
/// it held.
///
/// @param record that held it
/// @param quarantined what goes into the quarantine
public record RejectedEvent(SequenceNumber record, QuarantineRecord quarantined) {}
