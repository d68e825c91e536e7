package dev.sluice.enricher.egress;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.RecordBatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what became of slices, once they are durable: `sluice.events` of every stage,
/// `sluice.enrichment.failures{enrichment}`, `sluice.pii.masked{kind}` (events with such data),
/// `sluice.sessions.forgotten` and `sluice.origins.forgotten{stage}`.
public final class EnricherMetrics {

    /// The service's name for itself.
    public static final String STAGE = "enricher";

    private final StageMetrics events;
    private final MeterRegistry registry;
    private final DomainMetrics domainEvents;
    private final Counter forgotten;
    private final Counter forgottenDevices;

    public EnricherMetrics(MeterRegistry registry) {
        this.registry = registry;
        events = new StageMetrics(registry, STAGE);
        domainEvents = new DomainMetrics(registry);
        forgottenDevices = registry.counter("sluice.sessions.forgotten");
        forgotten = registry.counter("sluice.origins.forgotten", Tags.of("stage", STAGE));
    }

    /// Counts devices that had to be forgotten before their time; their sessions are counted from
    /// 1 again.
    public void forgottenDevices(long devices) {
        forgottenDevices.increment((double) devices);
    }

    /// Notes how far behind a batch came.
    public void seen(RecordBatch batch) {
        events.seen(batch);
    }

    /// Counts marks of the validator's shards that had to be forgotten; a replay of what only they
    /// knew goes on to the warehouse.
    public void forgotten(long marks) {
        forgotten.increment((double) marks);
    }

    /// Counts what follows from events, now that it is durable.
    public void derived(List<Derived> facts) {
        domainEvents.made(facts);
    }

    /// Counts what became of a slice, now that all of it is durable.
    public void recorded(EnrichedBatch slice) {
        int enriched = slice.enriched().size();
        int rejected = slice.rejected().size();
        events.recorded(new Tally(enriched + rejected, enriched, rejected, 0, 0));
        events.replayed(slice.replayed().size());
        derived(slice.derived());
        Map<String, Long> failures = new TreeMap<>();
        for (EnrichedEvent event : slice.enriched()) {
            for (PiiKind kind : event.masked()) {
                registry.counter("sluice.pii.masked", Tags.of("kind", kind.text())).increment();
            }
            if (!event.failed().isEmpty()) {
                for (String name : event.failed().split(",", -1)) {
                    failures.merge(name, 1L, Long::sum);
                }
            }
        }
        failures.forEach(
                (name, count) ->
                        registry.counter("sluice.enrichment.failures", Tags.of("enrichment", name))
                                .increment(count));
    }
}
