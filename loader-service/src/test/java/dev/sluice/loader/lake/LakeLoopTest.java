package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.TransientFailure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

class LakeLoopTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StepClock clock = new StepClock(Instant.parse("2026-11-21T12:00:00Z"));
    private boolean leads = true;
    private boolean fails;
    private int turns;

    private final LakeLoop loop =
            new LakeLoop(
                    "lake-lists", () -> leads, _ -> turn(), Duration.ofHours(1), clock, meters);

    @Test
    void worksOnlyWhileItLeads() {
        leads = false;
        loop.turn();
        assertThat(turns).isZero();
        leads = true;
        loop.turn();
        assertThat(turns).isOne();
    }

    @Test
    void saysWhyItFailsAndSinceWhen() {
        loop.turn();
        fails = true;
        clock.advance(Duration.ofSeconds(90));
        loop.turn();
        assertThat(loop.health().up()).isTrue();
        assertThat(loop.health().why()).isEqualTo("lake-lists: s3://lake/x: away");
        assertThat(meters.get("sluice.lake.failures").tag("loop", "lake-lists").counter().count())
                .isOne();
        assertThat(meters.get("sluice.lake.age").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(90);
        fails = false;
        loop.turn();
        assertThat(loop.health().why()).isEmpty();
    }

    private void turn() {
        turns++;
        if (fails) {
            throw new TransientFailure("s3://lake/x: away");
        }
    }
}
