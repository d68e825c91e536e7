package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

class LoopTimingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void pausesDoubleUpToTheLongest() {
        LoopTiming timing = new LoopTiming(SECOND, SECOND, SECOND.multipliedBy(5));

        assertThat(IntStream.of(1, 2, 3, 4, 5, 1_000_000).mapToObj(timing::backoff))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
    }

    @Test
    void aLongestPauseBelowTheShortestIsRefused() {
        assertThatThrownBy(() -> new LoopTiming(SECOND, SECOND, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoopTiming(SECOND, Duration.ZERO, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
