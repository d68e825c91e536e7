package dev.sluice.enricher.ingress;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.EventOrigin;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One event as it came out of a frame.
///
/// @param position where it was read
/// @param record that held it
/// @param arrivedAt when the stream took that record
/// @param origin where the validator had read it; null when it was sent by something that does not
///     say so, and then nobody knows whether it was sent again
/// @param key the hash of its partition key, which keeps the events of one device together
/// @param envelope decoded from its first and third section
public record ReceivedEvent(
        QuarantineId position,
        SequenceNumber record,
        Instant arrivedAt,
        @Nullable EventOrigin origin,
        HashKey key,
        EventEnvelope envelope,
        SectionedEvent event) {}
