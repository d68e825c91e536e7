package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;

import java.util.List;

/// An event with its enrichment section.
///
/// @param received as it came
/// @param event with the section
/// @param failed the enrichments that failed, which the section names too
public record EnrichedEvent(ReceivedEvent received, SectionedEvent event, List<String> failed) {
    public EnrichedEvent {
        failed = List.copyOf(failed);
    }
}
