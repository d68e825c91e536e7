package dev.sluice.enricher.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.enricher.process.replay.FreshBatch;

import java.util.ArrayList;
import java.util.List;

/// Applies every enrichment to every event of a slice, but for those that its tenant has switched
/// off. One that fails leaves its mark; the event goes on.
public final class EventEnricher {

    private final List<Enrichment> enrichments;
    private final Switches switches;
    private final EnrichmentLayout layout;

    public EventEnricher(List<Enrichment> enrichments, Switches switches, EnrichmentLayout layout) {
        this.enrichments = List.copyOf(enrichments);
        this.switches = switches;
        this.layout = layout;
    }

    public EnrichedBatch apply(FreshBatch fresh) {
        List<EventView> events = fresh.events().stream().map(EventView::new).toList();
        prepare(events);
        List<EnrichedEvent> enriched = new ArrayList<>(events.size());
        for (EventView event : events) {
            enriched.add(enrich(event));
        }
        return new EnrichedBatch(enriched, fresh.replayed(), fresh.rejected(), fresh.upTo());
    }

    private void prepare(List<EventView> events) {
        for (Enrichment enrichment : enrichments) {
            enrichment.prepare(events.stream().filter(event -> isOn(enrichment, event)).toList());
        }
    }

    private EnrichedEvent enrich(EventView event) {
        EnrichmentFields fields = new EnrichmentFields(layout);
        ReceivedEvent received = event.received();
        fields.time("enriched_ts", received.arrivedAt());
        fields.text("enrichment_version", Enrichments.VERSION);
        for (Enrichment enrichment : enrichments) {
            if (isOn(enrichment, event)) {
                fields.attempt(enrichment, event);
            } else {
                enrichment.whenOff(event, fields);
                fields.skip(enrichment);
            }
        }
        fields.marks();
        SectionedEvent enriched = received.event().withEnrichment(EnrichmentSection.encode(fields));
        return new EnrichedEvent(received, enriched, fields.failed(), fields.derived());
    }

    private boolean isOn(Enrichment enrichment, EventView event) {
        return switches.isOn(event.receipt().tenantId(), enrichment.name());
    }
}
