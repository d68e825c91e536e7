package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.enricher.process.replay.FreshBatch;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Applies every enrichment to every event of a slice. One that fails leaves its mark; the event
/// goes on.
public final class EventEnricher {

    private final List<Enrichment> enrichments;
    private final EnrichmentLayout layout;
    private final InstantSource clock;

    /// @param clock gives `enriched_ts`, one for each slice, to the microsecond
    public EventEnricher(
            List<Enrichment> enrichments, EnrichmentLayout layout, InstantSource clock) {
        this.enrichments = List.copyOf(enrichments);
        this.layout = layout;
        this.clock = clock;
    }

    public EnrichedBatch apply(FreshBatch fresh) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<EnrichedEvent> enriched = new ArrayList<>(fresh.events().size());
        for (ReceivedEvent event : fresh.events()) {
            enriched.add(enrich(event, now));
        }
        return new EnrichedBatch(enriched, fresh.replayed(), fresh.rejected(), fresh.upTo());
    }

    private EnrichedEvent enrich(ReceivedEvent received, Instant now) {
        EnrichmentFields fields = new EnrichmentFields(layout);
        fields.time("enriched_ts", now);
        fields.text("enrichment_version", Enrichments.VERSION);
        SectionedEvent event = received.event();
        for (Enrichment enrichment : enrichments) {
            fields.attempt(
                    enrichment.name(), () -> enrichment.apply(received.envelope(), event, fields));
        }
        return new EnrichedEvent(
                received, event.withEnrichment(EnrichmentSection.encode(fields)), fields.failed());
    }
}
