package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

class LoadBackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoadBackoff backoff =
            new LoadBackoff(
                    SECOND,
                    SECOND.multipliedBy(5),
                    SECOND,
                    Duration.ofMillis(100),
                    3,
                    SECOND.multipliedBy(20),
                    SECOND.multipliedBy(40));

    @ParameterizedTest
    @CsvSource({
        "CONFLICT,        100    100   100   1000  2000  4000",
        "AWAY,            1000   2000  4000  5000  5000  5000",
        "PASSING,         1000   2000  4000  5000  5000  5000",
        "UNEXPECTED,      1000   2000  4000  5000  5000  5000",
        "BUSY,            20000  20000 20000 20000 20000 20000",
        "SETUP,           40000  40000 40000 40000 40000 40000",
        "OUTCOME_UNKNOWN, 0      1000  2000  4000  5000  5000"
    })
    void pausesAreAsLongAsTheKindAsksFor(FailureKind kind, String millis) {
        List<String> pauses =
                IntStream.rangeClosed(1, 6)
                        .mapToObj(inARow -> backoff.pause(kind, inARow, new Longest()))
                        .map(pause -> String.valueOf(pause.toMillis()))
                        .toList();

        assertThat(pauses).containsExactly(millis.split(" +"));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void noPauseIsShorterThanHalfOfItsLengthOrEndless(FailureKind kind) {
        Duration longest = backoff.pause(kind, 1_000_000, new Longest());

        assertThat(backoff.pause(kind, 1_000_000, () -> 0L)).isEqualTo(longest.dividedBy(2));
        assertThat(longest).isLessThanOrEqualTo(SECOND.multipliedBy(40));
    }

    @Test
    void pausesThatCannotWorkAreRefused() {
        Duration none = Duration.ZERO;

        assertThatThrownBy(() -> new LoadBackoff(SECOND, none, SECOND, SECOND, 1, SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadBackoff(SECOND, SECOND, none, SECOND, 1, SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadBackoff(SECOND, SECOND, SECOND, SECOND, 1, none, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Dice that always show the most.
    private static final class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
