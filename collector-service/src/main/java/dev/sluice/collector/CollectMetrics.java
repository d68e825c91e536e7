package dev.sluice.collector;

import dev.sluice.collector.process.door.AdmittedBatch;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What became of the events: `sluice.collector.events{outcome}`. `accepted` and `quarantined` are
/// on the stream, `refused` and `failed` are nowhere and the sender was told so. The stage's own
/// tally leaves `failed` out: those come again.
public final class CollectMetrics {

    private final StageMetrics stage;
    private final Counter accepted;
    private final Counter quarantined;
    private final Counter refused;
    private final Counter failed;

    public CollectMetrics(MeterRegistry registry) {
        stage = new StageMetrics(registry, "collector");
        accepted = events(registry, "accepted");
        quarantined = events(registry, "quarantined");
        refused = events(registry, "refused");
        failed = events(registry, "failed");
    }

    /// The stream has the batch.
    void stored(AdmittedBatch batch) {
        stage.recorded(new Tally(batch.received(), batch.received(), 0, 0, 0));
        accepted.increment(batch.accepted());
        quarantined.increment(batch.refused());
    }

    /// None of the batch was good, nothing is stored.
    void refused(AdmittedBatch batch) {
        stage.recorded(new Tally(batch.received(), 0, batch.received(), 0, 0));
        refused.increment(batch.received());
    }

    /// The stream may not have the batch; the sender keeps it.
    void failed(AdmittedBatch batch) {
        failed.increment(batch.received());
    }

    private static Counter events(MeterRegistry registry, String outcome) {
        return registry.counter("sluice.collector.events", "outcome", outcome);
    }
}
