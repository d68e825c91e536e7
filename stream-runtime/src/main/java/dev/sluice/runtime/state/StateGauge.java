package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.Meter;

import java.util.concurrent.atomic.AtomicLong;

/// Shows how much one shard's state takes, for as long as its handler lives.
final class StateGauge {

    private final StateMetrics metrics;
    private final AtomicLong bytes = new AtomicLong();
    private final Meter meter;

    StateGauge(StateMetrics metrics, ShardId shard) {
        this.metrics = metrics;
        this.meter = metrics.show(shard, bytes);
    }

    void set(long now) {
        bytes.set(now);
    }

    void remove() {
        metrics.remove(meter);
    }
}
