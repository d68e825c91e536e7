package dev.sluice.enricher.process;

import java.util.List;

/// One thing that can be learned about an event. Same event and same reference data, same fields.
public interface Enrichment {

    /// In snake case; marks events, and names the switch of a tenant.
    String name();

    /// Fetches at once what events that come next will ask for. Does not throw: what could not be
    /// fetched fails when it is asked for.
    ///
    /// @param events in their order, of tenants that have it switched on
    default void prepare(List<EventView> events) {}

    /// Adds what it learns, to fields of the enrichment section. What it added before it threw is
    /// taken back, the event is marked `failed` and goes on.
    ///
    /// @return whether there was what it needs; if not, the event is marked `skipped`
    Applied apply(EventView event, EnrichmentFields fields);

    /// What an event has all the same whose tenant has it switched off. Asks nobody.
    default void whenOff(EventView event, EnrichmentFields fields) {}

    /// Whether an event had what an enrichment needs, and its reference data was there.
    enum Applied {
        /// It was looked at, whatever came out.
        APPLIED,
        /// The event has nothing to look at, or the reference data is switched off.
        SKIPPED,
        /// What it asks was away. What it added all the same stays; a replay adds the rest.
        FAILED
    }
}
