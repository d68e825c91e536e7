package dev.sluice.enricher.process.person;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;

import org.jspecify.annotations.Nullable;

/// `person_id`: the best id of a person that the event itself has. The user's, else the device's,
/// else the session's, else the event's own. Empty ids count as absent.
public final class PersonEnrichment implements Enrichment {

    @Override
    public String name() {
        return "person";
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        CheckedFacts facts = event.facts();
        String eventId = event.receipt().eventId().value();
        fields.text(
                "person_id",
                first(
                        facts.userId(),
                        first(facts.anonymousId(), first(facts.sessionId(), eventId))));
        return Applied.APPLIED;
    }

    private static String first(@Nullable String id, String otherwise) {
        return id == null || id.isEmpty() ? otherwise : id;
    }
}
