package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// The meters of an application's states: `sluice.state.bytes{shard}` on the heap,
/// `sluice.state.snapshot` (time) and `sluice.state.snapshot.bytes` of each one written, and
/// `sluice.state.cold.starts{reason}`, which is an alarm: a shard forgot what it knew.
final class StateMetrics {

    private final MeterRegistry registry;
    private final Tags tags;

    StateMetrics(MeterRegistry registry, String application) {
        this.registry = registry;
        this.tags = Tags.of("application", application);
        for (SnapshotUnusable.Reason reason : SnapshotUnusable.Reason.values()) {
            coldStarts(reason, 0);
        }
    }

    /// Shows the bytes of a shard's state until the meter that is returned is removed.
    Meter show(ShardId shard, AtomicLong bytes) {
        Tags ofShard = tags.and("shard", shard.value());
        Gauge before = registry.find("sluice.state.bytes").tags(ofShard).gauge();
        if (before != null) {
            registry.remove(before);
        }
        return Gauge.builder("sluice.state.bytes", bytes, AtomicLong::get)
                .tags(ofShard)
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    void remove(Meter meter) {
        registry.remove(meter);
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void written(Timer.Sample started, long bytes) {
        started.stop(registry.timer("sluice.state.snapshot", tags));
        registry.summary("sluice.state.snapshot.bytes", tags).record(bytes);
    }

    void coldStart(SnapshotUnusable.Reason reason) {
        coldStarts(reason, 1);
    }

    private void coldStarts(SnapshotUnusable.Reason reason, int more) {
        String name = reason.name().toLowerCase(Locale.ROOT);
        registry.counter("sluice.state.cold.starts", tags.and("reason", name)).increment(more);
    }
}
