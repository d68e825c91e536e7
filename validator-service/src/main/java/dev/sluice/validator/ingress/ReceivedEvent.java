package dev.sluice.validator.ingress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;

/// One event as it came out of a frame.
///
/// @param position where it was read
/// @param record that held it
/// @param arrivedAt when the stream took the record
/// @param receipt the decoded first section
public record ReceivedEvent(
        QuarantineId position,
        SequenceNumber record,
        Instant arrivedAt,
        Receipt receipt,
        SectionedEvent event) {}
