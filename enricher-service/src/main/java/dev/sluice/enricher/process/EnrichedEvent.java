package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.enricher.ingress.ReceivedEvent;

import java.util.Set;

/// An event with its enrichment section.
///
/// @param received as it came, with all that is personal; it goes no further
/// @param event with the section
/// @param failed the enrichments that failed, by commas
/// @param masked the kinds of personal data that it came with
public record EnrichedEvent(
        ReceivedEvent received, SectionedEvent event, String failed, Set<PiiKind> masked) {

    public EnrichedEvent {
        masked = Set.copyOf(masked);
    }
}
