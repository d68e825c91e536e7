package dev.sluice.loader.publish;

import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.stream.RecordBatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// Counts what became of windows, once they are durable: `sluice.events` of every stage and
/// `sluice.origins.forgotten{stage}`.
public final class PublishMetrics {

    /// The service's name for itself.
    public static final String STAGE = "loader";

    private final StageMetrics events;
    private final Counter forgotten;

    public PublishMetrics(MeterRegistry registry) {
        events = new StageMetrics(registry, STAGE);
        forgotten = registry.counter("sluice.origins.forgotten", Tags.of("stage", STAGE));
    }

    /// Notes how far behind a batch came.
    void seen(RecordBatch batch) {
        events.seen(batch);
    }

    void recorded(BookCounts counts) {
        events.recorded(counts.tally());
        events.replayed(counts.replayed());
    }

    /// Counts marks of the enricher's shards that had to be forgotten; a replay of what only they
    /// knew goes on to the warehouse.
    void forgotten(long marks) {
        forgotten.increment((double) marks);
    }
}
