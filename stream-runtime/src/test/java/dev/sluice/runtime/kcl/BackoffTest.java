package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

class BackoffTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Test
    void doublesUpToTheCapWithJitterInTheUpperHalf() {
        Random random = new Random(1);
        for (int attempt = 0; attempt < 100; attempt++) {
            long ceiling = (long) Math.min(5000, 100 * Math.pow(2, attempt));
            assertThat(BACKOFF.delay(attempt, random))
                    .isBetween(Duration.ofMillis(ceiling / 2), Duration.ofMillis(ceiling));
        }
    }

    @Test
    void refusesACapBelowTheFirstDelay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
