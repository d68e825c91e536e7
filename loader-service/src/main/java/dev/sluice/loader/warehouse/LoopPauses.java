package dev.sluice.loader.warehouse;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Pauses after turns that failed, each as long as its kind asks for. One for a warehouse that is
/// away ends once that is back. Used by one thread.
final class LoopPauses {

    /// Lets time pass until it is over or the loop is stopped.
    @FunctionalInterface
    interface Rest {
        /// @return whether the loop is stopped
        boolean over(Duration pause) throws InterruptedException;
    }

    private final LoadBackoff backoff;
    private final BooleanSupplier reachable;
    private final Rest rest;
    private final RandomGenerator dice;
    private @Nullable FailureKind last;
    private int inARow;

    /// @param reachable whether the warehouse takes a connection; costs no more than that
    LoopPauses(LoadBackoff backoff, BooleanSupplier reachable, Rest rest, RandomGenerator dice) {
        this.backoff = backoff;
        this.reachable = reachable;
        this.rest = rest;
        this.dice = dice;
    }

    /// A turn did not fail.
    void worked() {
        last = null;
        inARow = 0;
    }

    /// @return whether the loop is stopped
    boolean after(FailureKind kind) throws InterruptedException {
        inARow = kind == last ? inARow + 1 : 1;
        last = kind;
        Duration pause = backoff.pause(kind, inARow, dice);
        return kind == FailureKind.AWAY ? untilReachable(pause) : rest.over(pause);
    }

    private boolean untilReachable(Duration atMost) throws InterruptedException {
        Duration left = atMost;
        while (left.compareTo(backoff.probe()) > 0) {
            if (rest.over(backoff.probe())) {
                return true;
            }
            if (reachable.getAsBoolean()) {
                return false;
            }
            left = left.minus(backoff.probe());
        }
        return rest.over(left);
    }
}
