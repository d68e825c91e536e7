package dev.sluice.loader.warehouse;

import java.time.Duration;

/// The pauses of the warehouse loop.
///
/// @param interval after a turn that left nothing to do at once
/// @param backoffMin after a turn that failed; doubles with every further one
/// @param backoffMax the longest such pause
public record LoopTiming(Duration interval, Duration backoffMin, Duration backoffMax) {

    public LoopTiming {
        if (interval.isNegative()
                || backoffMin.isNegative()
                || backoffMin.isZero()
                || backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException(
                    "pauses are positive, and the longest back-off is not below the shortest");
        }
    }

    /// The pause after so many failures in a row.
    ///
    /// @param failures at least 1
    Duration backoff(int failures) {
        Duration pause = backoffMin;
        for (int i = 1; i < failures && pause.compareTo(backoffMax) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(backoffMax) < 0 ? pause : backoffMax;
    }
}
