package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.enricher.ingress.QuarantineRecords;
import dev.sluice.enricher.ingress.RejectedEvent;
import dev.sluice.enricher.process.pii.Redacted;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.replay.FreshBatch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Applies every enrichment to every event of a slice, but for those that its tenant has switched
/// off. One that fails leaves its mark; the event goes on. What is personal does not; an event that
/// cannot be redacted is refused.
public final class EventEnricher {

    private final List<Enrichment> enrichments;
    private final Switches switches;
    private final EnrichmentLayout layout;
    private final Redaction redaction;

    /// @param redaction follows the enrichments, which see events as they came
    public EventEnricher(
            List<Enrichment> enrichments,
            Switches switches,
            EnrichmentLayout layout,
            Redaction redaction) {
        this.enrichments = List.copyOf(enrichments);
        this.switches = switches;
        this.layout = layout;
        this.redaction = redaction;
    }

    /// Also applies an enrichment that remembers one shard, after all others.
    public EventEnricher and(Enrichment last) {
        return new EventEnricher(
                Stream.concat(enrichments.stream(), Stream.of(last)).toList(),
                switches,
                layout,
                redaction);
    }

    public EnrichedBatch apply(FreshBatch fresh) {
        List<EventView> events = fresh.events().stream().map(EventView::new).toList();
        prepare(events);
        List<EnrichedEvent> enriched = new ArrayList<>(events.size());
        List<RejectedEvent> rejected = new ArrayList<>(fresh.rejected());
        for (EventView event : events) {
            EnrichmentFields fields = learn(event);
            try {
                enriched.add(redact(event, fields));
            } catch (RuntimeException | StackOverflowError e) {
                rejected.add(QuarantineRecords.notRedacted(event.received(), e));
            }
        }
        return new EnrichedBatch(enriched, fresh.replayed(), rejected, fresh.upTo());
    }

    /// A fact that follows from no event at hand, as it may go on.
    public Derived redacted(Derived fact) {
        return redaction.apply(fact);
    }

    private void prepare(List<EventView> events) {
        for (Enrichment enrichment : enrichments) {
            enrichment.prepare(events.stream().filter(event -> isOn(enrichment, event)).toList());
        }
    }

    private EnrichmentFields learn(EventView event) {
        EnrichmentFields fields = new EnrichmentFields(layout);
        fields.time("enriched_ts", event.received().arrivedAt());
        fields.text("enrichment_version", Enrichments.VERSION);
        for (Enrichment enrichment : enrichments) {
            if (isOn(enrichment, event)) {
                fields.attempt(enrichment, event);
            } else {
                fields.skip(enrichment);
            }
        }
        fields.marks();
        return fields;
    }

    private EnrichedEvent redact(EventView event, EnrichmentFields fields) {
        Redacted redacted = redaction.apply(event, fields);
        return new EnrichedEvent(
                event.received(),
                redacted.event().withEnrichment(EnrichmentSection.encode(fields)),
                fields.failed(),
                fields.derived().stream().map(redaction::apply).toList(),
                redacted.kinds());
    }

    private boolean isOn(Enrichment enrichment, EventView event) {
        return switches.isOn(event.receipt().tenantId(), enrichment.name());
    }
}
