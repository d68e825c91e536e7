package dev.sluice.enricher.process;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.enricher.Fixtures;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One enrichment on one event.
public final class Enriching {

    private Enriching() {}

    /// The section it makes.
    public static JsonNode with(Enrichment enrichment, CheckedFacts facts) {
        EnrichmentFields fields = new EnrichmentFields(Fixtures.LAYOUT);
        enrichment.apply(Fixtures.envelope(facts), Fixtures.valid("e-1", facts), fields);
        return JsonMapper.shared().readTree(EnrichmentSection.encode(fields).toArray());
    }
}
