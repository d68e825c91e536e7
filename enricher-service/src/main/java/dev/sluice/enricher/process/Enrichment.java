package dev.sluice.enricher.process;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;

/// One thing that can be learned about an event. Same event and same reference data, same fields.
public interface Enrichment {

    /// In snake case; marks events for which it failed.
    String name();

    /// Adds what it learns. What it added before it threw is taken back, the event is marked and
    /// goes on.
    void apply(EventEnvelope envelope, SectionedEvent event, EnrichmentFields fields);
}
