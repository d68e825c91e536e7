package dev.sluice.loader.warehouse;

import java.time.Duration;

/// The pauses of the warehouse loop.
///
/// @param interval after a turn that left nothing to do at once
/// @param backoff after turns that failed
public record LoopTiming(Duration interval, LoadBackoff backoff) {

    public LoopTiming {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("pauses are not negative");
        }
    }
}
