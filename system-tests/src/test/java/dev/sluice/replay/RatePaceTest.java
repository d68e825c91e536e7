package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class RatePaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(5 * SECOND);

    @Test
    void spreadsEventsOverTime() {
        RatePace pace = pace(1000);

        assertThat(pace.reserve(1000)).isZero();
        assertThat(pace.reserve(500)).isEqualTo(SECOND);
        assertThat(pace.reserve(1)).isEqualTo(SECOND * 3 / 2);
    }

    @Test
    void whatWasNotUsedIsLostAfterASecond() {
        RatePace pace = pace(1000);
        now.addAndGet(100 * SECOND);

        assertThat(pace.reserve(1000)).isZero();
        assertThat(pace.reserve(1000)).isZero();
        assertThat(pace.reserve(1)).isEqualTo(SECOND);
    }

    @Test
    void withoutALimitNobodyWaits() {
        RatePace pace = pace(0);

        assertThat(pace.reserve(Integer.MAX_VALUE)).isZero();
        assertThat(pace.reserve(Integer.MAX_VALUE)).isZero();
    }

    private RatePace pace(long rate) {
        return new RatePace(rate, Duration.ofSeconds(20), () -> Duration.ZERO, now::get);
    }
}
