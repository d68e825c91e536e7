package dev.sluice.validator.ingress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;

import java.time.Instant;

/// One event as it came out of a frame.
///
/// @param position where it was read
/// @param arrivedAt when the stream took the frame
/// @param receipt the decoded first section
public record ReceivedEvent(
        QuarantineId position, Instant arrivedAt, Receipt receipt, SectionedEvent event) {}
