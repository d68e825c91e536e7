package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import software.amazon.kinesis.metrics.MetricsLevel;

import java.time.Duration;

class KclTuningTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void refusesValuesOutsideTheirRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tuning(Duration.ofMillis(499), 1))
                .withMessageContaining("failover");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tuning(SECOND, 10_001))
                .withMessageContaining("records per read");
    }

    @Test
    void namesTheWorkerAfterHostAndApplication() {
        KclConsumerConfig config =
                KclConsumerConfig.of("reader", new StreamName("orders"), KclTuning.DEFAULT);

        assertThat(config.workerId())
                .isEqualTo(KclConsumerConfig.hostName() + "/reader")
                .isEqualTo(
                        KclConsumerConfig.of("reader", new StreamName("orders"), KclTuning.LOCAL)
                                .workerId());
    }

    private static KclTuning tuning(Duration failover, int maxRecords) {
        return new KclTuning(
                failover,
                SECOND,
                maxRecords,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                1,
                true,
                MetricsLevel.NONE);
    }
}
