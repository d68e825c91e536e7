package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;

import java.util.List;

/// An event with its enrichment section.
///
/// @param partitionKey what keeps the events of one device together
/// @param failed the enrichments that failed, which the section names too
public record EnrichedEvent(String partitionKey, SectionedEvent event, List<String> failed) {
    public EnrichedEvent {
        failed = List.copyOf(failed);
    }
}
