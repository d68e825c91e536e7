package dev.sluice.runtime.kcl;

import dev.sluice.runtime.kcl.ShardCheckpoints.Outcome;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The meters of a consumer, tagged with stream and application:
/// `sluice.consumer.iterator.age` and `sluice.consumer.clock.skew` (the largest of its shards),
/// `sluice.consumer.retries{failure}` and `sluice.consumer.checkpoints{outcome}`.
final class ConsumerMetrics {

    private final MeterRegistry registry;
    private final Tags tags;

    ConsumerMetrics(MeterRegistry registry, KclConsumerConfig config) {
        this.registry = registry;
        this.tags = Tags.of("stream", config.stream().value(), "application", config.application());
    }

    /// Shows how the shards fare until the meters that are returned are removed.
    List<Meter> show(ConsumerStatus status) {
        return List.of(
                gauge("sluice.consumer.iterator.age", status, ConsumerStatus::iteratorAge),
                gauge("sluice.consumer.clock.skew", status, ConsumerStatus::clockSkew));
    }

    private Meter gauge(
            String name, ConsumerStatus status, Function<ConsumerStatus, Duration> value) {
        return TimeGauge.builder(
                        name, status, TimeUnit.MILLISECONDS, s -> value.apply(s).toMillis())
                .tags(tags)
                .register(registry);
    }

    void remove(List<Meter> meters) {
        meters.forEach(registry::remove);
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
