package dev.sluice.runtime.metrics;

import dev.sluice.runtime.stream.RecordBatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// The counters of one stage of the line: `sluice.events{stage,outcome}`, and how far behind it is:
/// `sluice.iterator.age{stage}`.
public final class StageMetrics {

    private final Counter received;
    private final Counter published;
    private final Counter rejected;
    private final Counter duplicates;
    private final Counter suppressed;
    private final Counter replayed;
    private final Timer age;

    /// @param stage the service's name for itself, such as `validator`
    public StageMetrics(MeterRegistry registry, String stage) {
        received = counter(registry, stage, "received");
        published = counter(registry, stage, "published");
        rejected = counter(registry, stage, "rejected");
        duplicates = counter(registry, stage, "duplicate");
        suppressed = counter(registry, stage, "suppressed");
        replayed = counter(registry, stage, "replayed");
        age = registry.timer("sluice.iterator.age", Tags.of("stage", stage));
    }

    /// Counts what became of a batch, once it is durable.
    public void recorded(Tally tally) {
        received.increment((double) tally.received());
        published.increment((double) tally.published());
        rejected.increment((double) tally.rejected());
        duplicates.increment((double) tally.duplicates());
        suppressed.increment((double) tally.suppressed());
    }

    /// Counts events that the stage before sent again; they are in no tally.
    public void replayed(long events) {
        replayed.increment((double) events);
    }

    /// Notes how far behind the tip of its shard a batch was.
    public void seen(RecordBatch batch) {
        age.record(batch.behind().isNegative() ? Duration.ZERO : batch.behind());
    }

    private static Counter counter(MeterRegistry registry, String stage, String outcome) {
        return registry.counter("sluice.events", Tags.of("stage", stage, "outcome", outcome));
    }
}
