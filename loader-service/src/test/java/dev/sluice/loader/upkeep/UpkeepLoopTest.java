package dev.sluice.loader.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.TransientFailure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

class UpkeepLoopTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> turns = new ArrayList<>();
    private boolean leading = true;
    private boolean away;
    private Duration takes = Duration.ZERO;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    private final UpkeepLoop loop =
            new UpkeepLoop(
                    () -> leading,
                    List.of(new Job("first", 10), new Job("second", 60)),
                    Duration.ofMillis(1),
                    () -> now,
                    meters);

    @Test
    void eachJobHasItsTurnWhenItsIntervalIsOver() {
        loop.turn();
        after(9);
        after(1);
        after(50);

        assertThat(turns).containsExactly("first", "second", "first", "first", "second");
        assertThat(loop.health().why()).isEmpty();
    }

    @Test
    void aJobThatTakesLongRestsTenTimesAsLong() {
        takes = Duration.ofSeconds(5);
        loop.turn();
        turns.clear();
        after(44);
        assertThat(turns).isEmpty();

        after(1);
        assertThat(turns).containsExactly("first");
    }

    @Test
    void aJobThatFailsIsToldAndDoesNotKeepTheOthersFromTheirTurn() {
        away = true;
        loop.turn();
        after(60);

        assertThat(turns).containsExactly("second", "second");
        assertThat(loop.health().up()).isTrue();
        assertThat(loop.health().why()).isEqualTo("first: failed: table t: away");
        assertThat(meters.counter("sluice.upkeep.failures", "job", "first").count()).isEqualTo(2);
        assertThat(age("first")).isEqualTo(60);
        assertThat(age("second")).isZero();

        away = false;
        after(10);
        assertThat(loop.health().why()).isEmpty();
        assertThat(age("first")).isZero();
    }

    @Test
    void whoDoesNotLeadDoesNothingAndIsNotBehind() {
        leading = false;
        after(3600);

        assertThat(turns).isEmpty();
        assertThat(age("first")).isZero();
    }

    private void after(long seconds) {
        now = now.plusSeconds(seconds);
        loop.turn();
    }

    private double age(String job) {
        return meters.get("sluice.upkeep.age").tag("job", job).timeGauge().value(TimeUnit.SECONDS);
    }

    private final class Job implements UpkeepJob {

        private final String name;
        private final int seconds;

        Job(String name, int seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(seconds);
        }

        @Override
        public String turn(Instant at, BooleanSupplier goOn) {
            if (away && name.equals("first")) {
                throw new TransientFailure("table t: away");
            }
            turns.add(name);
            now = now.plus(takes);
            return "";
        }
    }
}
