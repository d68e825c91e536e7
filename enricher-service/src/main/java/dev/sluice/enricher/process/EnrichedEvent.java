package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;

import java.util.List;

/// An event with its enrichment section.
///
/// @param received as it came
/// @param event with the section
/// @param failed the enrichments that failed, by commas
/// @param derived what follows from it beyond itself
public record EnrichedEvent(
        ReceivedEvent received, SectionedEvent event, String failed, List<Derived> derived) {

    public EnrichedEvent {
        derived = List.copyOf(derived);
    }
}
