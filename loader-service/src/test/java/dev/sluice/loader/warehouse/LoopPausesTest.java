package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Pauses in which no time passes; all dice show the least, which is half of a pause.
class LoopPausesTest {

    private static final LoadBackoff BACKOFF =
            new LoadBackoff(
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(64_000),
                    Duration.ofMillis(1_000),
                    Duration.ofMillis(20),
                    2,
                    Duration.ofMillis(30_000),
                    Duration.ofMillis(60_000));

    private final List<Long> rests = new ArrayList<>();
    private boolean reachable;
    private int probes;
    private int stopAfter = Integer.MAX_VALUE;

    private final LoopPauses pauses =
            new LoopPauses(
                    BACKOFF,
                    () -> {
                        probes++;
                        return reachable;
                    },
                    pause -> {
                        rests.add(pause.toMillis());
                        return rests.size() >= stopAfter;
                    },
                    () -> 0L);

    @Test
    void conflictsAreFollowedByShortPausesAFewTimes() throws InterruptedException {
        repeat(FailureKind.CONFLICT, 4);

        assertThat(rests).containsExactly(10L, 10L, 500L, 1_000L);
        assertThat(probes).isZero();
    }

    @Test
    void theLedgerIsAskedAtOnceAndThenEverMoreSlowly() throws InterruptedException {
        repeat(FailureKind.OUTCOME_UNKNOWN, 3);

        assertThat(rests).containsExactly(0L, 500L, 1_000L);
    }

    @Test
    void aTurnThatWorkedAndAFailureOfAnotherKindBeginAnew() throws InterruptedException {
        repeat(FailureKind.PASSING, 2);
        repeat(FailureKind.CONFLICT, 1);
        repeat(FailureKind.PASSING, 2);
        pauses.worked();
        repeat(FailureKind.PASSING, 1);

        assertThat(rests).containsExactly(500L, 1_000L, 10L, 500L, 1_000L, 500L);
    }

    @Test
    void whatAPersonMustChangeAndAWarehouseThatHasTooMuchToDoAreLeftAlone()
            throws InterruptedException {
        repeat(FailureKind.BUSY, 2);
        repeat(FailureKind.SETUP, 2);

        assertThat(rests).containsExactly(15_000L, 15_000L, 30_000L, 30_000L);
        assertThat(probes).isZero();
    }

    @Test
    void aWarehouseThatIsBackEndsThePause() throws InterruptedException {
        repeat(FailureKind.AWAY, 7);
        rests.clear();
        reachable = true;

        assertThat(pauses.after(FailureKind.AWAY)).isFalse();

        assertThat(rests).containsExactly(1_000L);
    }

    @Test
    void aPauseForAWarehouseThatStaysAwayIsNoLongerForItsProbes() throws InterruptedException {
        repeat(FailureKind.AWAY, 4);

        assertThat(rests)
                .containsExactly(500L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L);
        assertThat(probes).isEqualTo(4);
    }

    @Test
    void aStopEndsThePauseBetweenTwoProbes() throws InterruptedException {
        repeat(FailureKind.AWAY, 5);
        stopAfter = rests.size() + 2;

        assertThat(pauses.after(FailureKind.AWAY)).isTrue();

        assertThat(rests).hasSize(stopAfter);
    }

    private void repeat(FailureKind kind, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(pauses.after(kind)).isFalse();
        }
    }
}
