package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// The meters of putting: `sluice.put.calls` (timer), `sluice.put.records{outcome}` and
/// `sluice.put.bytes` (stored), all by stream.
final class PutMetrics {

    private final Timer calls;
    private final Counter stored;
    private final Counter failed;
    private final Counter bytes;

    PutMetrics(MeterRegistry registry, StreamName stream) {
        Tags tags = Tags.of("stream", stream.value());
        calls = registry.timer("sluice.put.calls", tags);
        stored = registry.counter("sluice.put.records", tags.and("outcome", "stored"));
        failed = registry.counter("sluice.put.records", tags.and("outcome", "failed"));
        bytes = registry.counter("sluice.put.bytes", tags);
    }

    void took(long nanos) {
        calls.record(nanos, TimeUnit.NANOSECONDS);
    }

    void put(List<OutgoingRecord> records, List<Outcome> outcomes) {
        for (int i = 0; i < records.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Stored) {
                stored.increment();
                bytes.increment(records.get(i).data().length);
            } else {
                failed.increment();
            }
        }
    }
}
