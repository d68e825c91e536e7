package dev.sluice.enricher.ingress;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;

/// One event as it came out of a frame.
///
/// @param envelope decoded from its first and third section
public record ReceivedEvent(EventEnvelope envelope, SectionedEvent event) {}
