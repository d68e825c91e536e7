package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class QueueDepthTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void lagIsTheAgeOfTheOldestFile() {
        assertThat(new QueueDepth(2, NOW.minusSeconds(30), 0).lag(NOW))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anEmptyQueueAndAFileOfAClockAheadHaveNoLag() {
        assertThat(new QueueDepth(0, null, 3).lag(NOW)).isZero();
        assertThat(new QueueDepth(1, NOW.plusSeconds(5), 0).lag(NOW)).isZero();
    }
}
