package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

class ReplayOrdersTest {

    private static final int KILLED = 137;
    private static final Path DATA = Path.of("data");
    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");
    private static final String BEGAN = "replay 20261121-1 of what arrived from a to b\n";

    private final ReplayOrders orders = ReplayOrders.again(DATA, FROM, Duration.ZERO);

    @Test
    void whatWasKilledIsResumedUntilItIsFinished() {
        assertThat(orders.next()).contains("--from", FROM.toString());
        orders.ended(KILLED, BEGAN + "   2.0 s  1 of 4 items\n");

        assertThat(orders.isUnfinished()).isTrue();
        assertThat(orders.next()).containsSequence("--resume", "20261121-1");
        orders.ended(1, "going on with replay 20261121-1\nsluice: S3 is away\n");
        assertThat(orders.next()).containsSequence("--resume", "20261121-1");
        orders.ended(0, BEGAN);

        assertThat(orders.isUnfinished()).isFalse();
        assertThat(orders.finished()).containsExactly("20261121-1");
        assertThat(orders.resumed()).isEqualTo(2);
        assertThat(orders.next()).contains("--from");
    }

    @Test
    void whatWasKilledBeforeItHadAPlanIsBegunAnew() {
        orders.ended(KILLED, "");

        assertThat(orders.isUnfinished()).isFalse();
        assertThat(orders.next()).contains("--from");
    }

    @Test
    void oneThatHasToBeFinishedIsUnfinishedFromTheStart() {
        ReplayOrders once = ReplayOrders.once(DATA, FROM);

        assertThat(once.isUnfinished()).isTrue();
        once.ended(KILLED, "");
        assertThat(once.isUnfinished()).isTrue();
        once.ended(0, BEGAN);
        assertThat(once.isUnfinished()).isFalse();
    }
}
