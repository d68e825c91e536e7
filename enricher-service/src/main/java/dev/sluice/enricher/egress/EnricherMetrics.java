package dev.sluice.enricher.egress;

import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.RecordBatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.Map;
import java.util.TreeMap;

/// Counts what became of batches, once they are durable: `sluice.events` of every stage, and
/// `sluice.enrichment.failures{enrichment}`.
public final class EnricherMetrics {

    private final StageMetrics events;
    private final MeterRegistry registry;

    public EnricherMetrics(MeterRegistry registry) {
        this.registry = registry;
        events = new StageMetrics(registry, "enricher");
    }

    /// Starts the count of a batch; nothing shows before [Count#recorded].
    public Count count(RecordBatch batch) {
        events.seen(batch);
        return new Count();
    }

    /// The count of one batch, slice by slice.
    public final class Count {
        private final Map<String, Long> failures = new TreeMap<>();
        private Tally tally = Tally.ZERO;

        private Count() {}

        public void add(EnrichedBatch batch) {
            int enriched = batch.enriched().size();
            int rejected = batch.rejected().size();
            tally = tally.plus(new Tally(enriched + rejected, enriched, rejected, 0, 0));
            for (EnrichedEvent event : batch.enriched()) {
                event.failed().forEach(name -> failures.merge(name, 1L, Long::sum));
            }
        }

        /// Shows the count, now that all of it is durable.
        public void recorded() {
            events.recorded(tally);
            failures.forEach(
                    (name, count) ->
                            registry.counter(
                                            "sluice.enrichment.failures",
                                            Tags.of("enrichment", name))
                                    .increment(count));
        }
    }
}
