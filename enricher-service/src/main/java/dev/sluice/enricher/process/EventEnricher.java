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
    private final boolean allOn;
    private final EnrichmentLayout layout;
    private final Redaction redaction;
    private final Consequences consequences;

    /// @param redaction follows the enrichments, which see events as they came
    /// @param consequences follow from what is left
    public EventEnricher(
            List<Enrichment> enrichments,
            Switches switches,
            EnrichmentLayout layout,
            Redaction redaction,
            Consequences consequences) {
        this.enrichments = List.copyOf(enrichments);
        this.switches = switches;
        this.allOn = switches.areAllOn();
        this.layout = layout;
        this.redaction = redaction;
        this.consequences = consequences;
    }

    /// Also applies an enrichment that remembers one shard, after all others.
    public EventEnricher and(Enrichment last) {
        return new EventEnricher(
                Stream.concat(enrichments.stream(), Stream.of(last)).toList(),
                switches,
                layout,
                redaction,
                consequences);
    }

    public EnrichedBatch apply(FreshBatch fresh) {
        List<EventView> events = fresh.events().stream().map(EventView::new).toList();
        prepare(events);
        List<EnrichedEvent> enriched = new ArrayList<>(events.size());
        List<RejectedEvent> rejected = new ArrayList<>(fresh.rejected());
        List<Derived> derived = new ArrayList<>();
        for (EventView event : events) {
            EnrichmentFields fields = learn(event);
            fields.derived().forEach(fact -> derived.addAll(consequences.of(fact)));
            EnrichedEvent redacted;
            try {
                redacted = redact(event, fields);
            } catch (RuntimeException | StackOverflowError e) {
                rejected.add(QuarantineRecords.notRedacted(event.received(), e));
                continue;
            }
            enriched.add(redacted);
            derived.addAll(consequences.of(event, redacted.event()));
        }
        return new EnrichedBatch(enriched, derived, fresh.replayed(), rejected, fresh.upTo());
    }

    private void prepare(List<EventView> events) {
        for (Enrichment enrichment : enrichments) {
            enrichment.prepare(
                    allOn
                            ? events
                            : events.stream().filter(event -> isOn(enrichment, event)).toList());
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
                enrichment.whenOff(event, fields);
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
                redacted.kinds());
    }

    private boolean isOn(Enrichment enrichment, EventView event) {
        return allOn || switches.isOn(event.receipt().tenantId(), enrichment.name());
    }
}
