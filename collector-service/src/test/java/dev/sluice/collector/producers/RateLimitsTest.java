package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

class RateLimitsTest {

    private long now = 5_000_000_000L;
    private final RateLimits limits = new RateLimits(() -> now);

    @Test
    void letsASecondsWorthPassAtOnceAndThenAsksToWait() {
        Producer producer = producer("a", 10, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take(producer, 100)).isZero();
        }
        assertThat(limits.take(producer, 100)).isEqualTo(Duration.ofMillis(100));
        now += 100_000_000;
        assertThat(limits.take(producer, 100)).isZero();
    }

    @Test
    void paysBackWhatABatchHeld() {
        Producer producer = producer("a", 10, 0);
        assertThat(limits.take(producer, 100)).isZero();
        limits.held(producer, 30);
        assertThat(limits.take(producer, 100)).isEqualTo(Duration.ofMillis(2100));
    }

    @Test
    void countsBytes() {
        Producer producer = producer("a", 0, 1000);
        assertThat(limits.take(producer, 700)).isZero();
        assertThat(limits.take(producer, 700)).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void letsARequestPassThatIsLargerThanASecondsWorthWhenTheBucketIsFull() {
        Producer producer = producer("a", 0, 1000);
        assertThat(limits.take(producer, 5000)).isZero();
        assertThat(limits.take(producer, 1)).isGreaterThan(Duration.ofSeconds(4));
    }

    @Test
    void keepsProducersApart() {
        limits.take(producer("a", 1, 0), 1);
        assertThat(limits.take(producer("a", 1, 0), 1)).isPositive();
        assertThat(limits.take(producer("b", 1, 0), 1)).isZero();
    }

    @Test
    void hasNoLimitWhereNoneIsSet() {
        Producer producer = producer("a", 0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(limits.take(producer, 1 << 20)).isZero();
        }
    }

    private static Producer producer(String source, long events, long bytes) {
        return new Producer(
                new TenantId("shop"),
                new SourceId(source),
                Set.of(),
                Set.of(),
                null,
                events,
                bytes);
    }
}
