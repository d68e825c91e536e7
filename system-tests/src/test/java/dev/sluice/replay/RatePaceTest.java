package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.queue.MemoryLoadQueue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void liveFilesOnTimeAreWaitedForAndNeitherItsOwnNorLateOnes() {
        Instant start = Instant.parse("2026-07-15T10:00:00Z");
        MemoryLoadQueue queue = new MemoryLoadQueue();
        queue.add(List.of(file(LoadFile.REPLAYED + "a", start, 0), file("late", start, 7_200)));
        Instant later = start.plusSeconds(60);
        assertThat(RatePace.lagOnTime(queue, later)).isZero();

        queue.add(file("live", start.plusSeconds(20), 0));
        assertThat(RatePace.lagOnTime(queue, later)).isEqualTo(Duration.ofSeconds(40));
    }

    private static LoadFile file(String key, Instant createdAt, long lateSeconds) {
        Instant happened = createdAt.minusSeconds(lateSeconds);
        return new LoadFile(
                LoadTable.EVENTS,
                key,
                "layout",
                1,
                4_096,
                happened,
                happened,
                createdAt,
                createdAt,
                createdAt);
    }

    private RatePace pace(long rate) {
        return new RatePace(rate, Duration.ofSeconds(20), () -> Duration.ZERO, now::get);
    }
}
