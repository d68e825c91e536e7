package dev.sluice.runtime.kcl;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Capped exponential delays with jitter: the n-th is between half and all of `first` times 2^n,
/// at most `cap` ("equal jitter", AWS Architecture Blog, Exponential Backoff And Jitter).
record Backoff(Duration first, Duration cap) {

    Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from " + first + " up to " + cap);
        }
    }

    /// @param attempt how many attempts have failed before this delay, from 0
    Duration delay(int attempt, RandomGenerator random) {
        long most = cap.toNanos();
        long grown = attempt >= 32 ? most : Math.min(most, first.toNanos() << attempt);
        long ceiling = grown <= 0 ? most : grown;
        return Duration.ofNanos(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }
}
