package dev.sluice.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class ShutdownOrderTest {

    @Test
    void failsReadinessBeforeIntakeStopsAndFlushesAfterwards() {
        assertThat(ShutdownOrder.FAIL_READINESS)
                .isGreaterThan(ShutdownOrder.STOP_INTAKE)
                .isGreaterThan(ShutdownOrder.FLUSH_PUBLISHER);
        assertThat(ShutdownOrder.STOP_INTAKE).isGreaterThan(ShutdownOrder.FLUSH_PUBLISHER);
        assertThat(ShutdownOrder.FLUSH_PUBLISHER).isGreaterThan(ShutdownOrder.FLUSH_BOOKS);
    }

    @Test
    void endsAPhaseOnce() {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        Phase phase =
                new Phase(
                        7,
                        done -> {
                            ended.incrementAndGet();
                            done.run();
                        });

        phase.start();
        assertThat(phase.isRunning()).isTrue();
        phase.stop(told::incrementAndGet);

        assertThat(phase.isRunning()).isFalse();
        assertThat(phase.getPhase()).isEqualTo(7);
        assertThat(ended).hasValue(1);
        assertThat(told).hasValue(1);
    }
}
