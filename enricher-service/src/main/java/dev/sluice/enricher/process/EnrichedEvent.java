package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;

/// An event with its enrichment section.
///
/// @param received as it came
/// @param event with the section
/// @param failed the enrichments that failed, by commas
public record EnrichedEvent(ReceivedEvent received, SectionedEvent event, String failed) {}
