package dev.sluice.loader.warehouse;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pauses after turns that failed. Each is between half of what is given here and all of it, by
/// chance, so that two who were in each other's way do not meet again.
///
/// @param min after the first failure; doubles with every further one
/// @param max the longest such pause
/// @param probe how often it is looked within a pause whether the warehouse can be reached again
/// @param conflict after a conflict
/// @param conflicts in a row that are followed by so short a pause
/// @param busy while the warehouse has too much to do
/// @param setup while somebody has to change something
public record LoadBackoff(
        Duration min,
        Duration max,
        Duration probe,
        Duration conflict,
        int conflicts,
        Duration busy,
        Duration setup) {

    public LoadBackoff {
        if (!isPositive(min)
                || !isPositive(probe)
                || !isPositive(conflict)
                || !isPositive(busy)
                || !isPositive(setup)
                || conflicts < 0
                || max.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    "pauses are positive, and the longest back-off is not below the shortest");
        }
    }

    /// @param inARow how many failures of this kind there were, with no other turn between; at
    ///     least 1
    Duration pause(FailureKind kind, int inARow, RandomGenerator dice) {
        return switch (kind) {
            case CONFLICT ->
                    jittered(inARow <= conflicts ? conflict : doubled(inARow - conflicts), dice);
            case AWAY, PASSING, UNEXPECTED -> jittered(doubled(inARow), dice);
            case BUSY -> jittered(busy, dice);
            case SETUP -> jittered(setup, dice);
            case OUTCOME_UNKNOWN ->
                    inARow == 1 ? Duration.ZERO : jittered(doubled(inARow - 1), dice);
        };
    }

    private Duration doubled(int inARow) {
        Duration pause = min;
        for (int i = 1; i < inARow && pause.compareTo(max) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(max) < 0 ? pause : max;
    }

    private static Duration jittered(Duration pause, RandomGenerator dice) {
        long half = pause.toNanos() / 2;
        return Duration.ofNanos(half + dice.nextLong(half + 1));
    }

    private static boolean isPositive(Duration pause) {
        return !pause.isNegative() && !pause.isZero();
    }
}
