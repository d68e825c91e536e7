package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Enrichments on events, without a pipeline.
public final class Enriching {

    private Enriching() {}

    /// What an enrichment sees of an event.
    public static EventView view(SectionedEvent event) {
        EventEnvelope envelope = EventEnvelope.of(event);
        return new EventView(
                new ReceivedEvent(
                        new QuarantineId("valid", "shard", "5", 0),
                        SequenceNumber.of("5"),
                        Fixtures.NOW,
                        null,
                        HashKey.of(envelope.receipt().partitionKey()),
                        envelope,
                        event));
    }

    /// The section that one enrichment makes of an event with these facts.
    public static JsonNode with(Enrichment enrichment, CheckedFacts facts) {
        return with(enrichment, view(Fixtures.valid("e-1", facts)));
    }

    /// What one enrichment makes of each event of a slice, with its mark.
    public static List<Learned> slice(Enrichment enrichment, List<EventView> events) {
        enrichment.prepare(events);
        return events.stream().map(event -> apply(enrichment, event)).toList();
    }

    /// @param section that was added
    /// @param derived what follows beyond the event
    public record Learned(JsonNode section, List<Derived> derived) {}

    private static Learned apply(Enrichment enrichment, EventView event) {
        EnrichmentFields fields = new EnrichmentFields(Fixtures.LAYOUT);
        fields.attempt(enrichment, event);
        fields.marks();
        return new Learned(
                JsonMapper.shared().readTree(EnrichmentSection.encode(fields).toArray()),
                fields.derived());
    }

    /// The section of an event whose tenant has the enrichment switched off.
    public static JsonNode off(Enrichment enrichment, EventView event) {
        EnrichmentFields fields = new EnrichmentFields(Fixtures.LAYOUT);
        enrichment.whenOff(event, fields);
        return JsonMapper.shared().readTree(EnrichmentSection.encode(fields).toArray());
    }

    /// The section that one enrichment makes, with its mark.
    public static JsonNode with(Enrichment enrichment, EventView event) {
        return slice(enrichment, List.of(event)).getFirst().section();
    }
}
