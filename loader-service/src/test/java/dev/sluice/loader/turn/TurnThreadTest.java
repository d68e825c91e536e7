package dev.sluice.loader.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(30)
class TurnThreadTest {

    private static final long TURN_NANOS = Duration.ofMillis(5).toNanos();

    /// Begin and end of each turn.
    private final BlockingQueue<Long> times = new LinkedBlockingQueue<>();

    @Test
    void takesTurnsUntilItIsClosed() throws InterruptedException {
        try (TurnThread thread = new TurnThread("turns", this::turn, Duration.ofMillis(1))) {
            thread.start();
            for (int i = 0; i < 6; i++) {
                times.take();
            }
        }
        times.clear();

        assertThat(times.poll()).isNull();
    }

    @Test
    void restsManyTimesAsLongAsALongTurnTook() throws InterruptedException {
        try (TurnThread thread = new TurnThread("turns", this::turn, Duration.ofMillis(1), 10)) {
            thread.start();
            long began = times.take();
            long ended = times.take();
            long next = times.take();

            assertThat(next - ended).isGreaterThanOrEqualTo(10 * (ended - began));
        }
    }

    private void turn() {
        long began = System.nanoTime();
        times.add(began);
        while (System.nanoTime() - began < TURN_NANOS) {
            Thread.onSpinWait();
        }
        times.add(System.nanoTime());
    }
}
