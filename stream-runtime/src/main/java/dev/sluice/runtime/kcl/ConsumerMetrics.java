package dev.sluice.runtime.kcl;

import dev.sluice.runtime.kcl.ShardCheckpoints.Outcome;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The meters of a consumer, tagged with stream and application:
/// `sluice.consumer.iterator.age` (the largest of its shards),
/// `sluice.consumer.retries{failure}` and `sluice.consumer.checkpoints{outcome}`.
final class ConsumerMetrics {

    private final MeterRegistry registry;
    private final Tags tags;

    ConsumerMetrics(MeterRegistry registry, KclConsumerConfig config) {
        this.registry = registry;
        this.tags = Tags.of("stream", config.stream().value(), "application", config.application());
    }

    /// Shows the iterator age until the meter that is returned is removed.
    Meter show(ConsumerStatus status) {
        return TimeGauge.builder(
                        "sluice.consumer.iterator.age",
                        status,
                        TimeUnit.MILLISECONDS,
                        s -> s.iteratorAge().toMillis())
                .tags(tags)
                .register(registry);
    }

    void remove(Meter meter) {
        registry.remove(meter);
    }

    void retried(Failure failure) {
        count("sluice.consumer.retries", "failure", failure.kind().name());
    }

    void checkpoint(Outcome outcome) {
        count("sluice.consumer.checkpoints", "outcome", outcome.name());
    }

    private void count(String meter, String tag, String value) {
        registry.counter(meter, tags.and(tag, value.toLowerCase(Locale.ROOT))).increment();
    }
}
