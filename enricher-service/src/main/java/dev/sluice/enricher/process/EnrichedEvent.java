package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;

import java.util.List;

/// An event with its enrichment section.
///
/// @param position where it was read
/// @param partitionKey what keeps the events of one device together
/// @param failed the enrichments that failed, which the section names too
public record EnrichedEvent(
        QuarantineId position, String partitionKey, SectionedEvent event, List<String> failed) {
    public EnrichedEvent {
        failed = List.copyOf(failed);
    }
}
