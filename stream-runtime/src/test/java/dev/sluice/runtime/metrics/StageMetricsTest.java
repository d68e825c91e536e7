package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

class StageMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StageMetrics metrics = new StageMetrics(registry, "validator");

    @Test
    void countsEveryOutcomeOfTheStage() {
        metrics.recorded(new Tally(10, 4, 3, 2, 1));
        metrics.recorded(new Tally(1, 1, 0, 0, 0));
        metrics.replayed(6);
        assertThat(count("received")).isEqualTo(11);
        assertThat(count("published")).isEqualTo(5);
        assertThat(count("rejected")).isEqualTo(3);
        assertThat(count("duplicate")).isEqualTo(2);
        assertThat(count("suppressed")).isEqualTo(1);
        assertThat(count("replayed")).as("in no tally").isEqualTo(6);
    }

    @Test
    void notesHowFarBehindABatchIs() {
        metrics.seen(batch(Duration.ofSeconds(3)));
        metrics.seen(batch(Duration.ofSeconds(-1)));
        var age = registry.timer("sluice.iterator.age", "stage", "validator");
        assertThat(age.count()).isEqualTo(2);
        assertThat(age.max(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(age.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    private double count(String outcome) {
        return registry.counter("sluice.events", "stage", "validator", "outcome", outcome).count();
    }

    private static RecordBatch batch(Duration behind) {
        return new RecordBatch(
                new StreamName("raw"), new ShardId("s"), List.of(), behind, AckToken.none());
    }
}
