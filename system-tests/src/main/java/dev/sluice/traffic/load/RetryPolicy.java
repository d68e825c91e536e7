package dev.sluice.traffic.load;

import java.time.Duration;

/// How a client goes on after an answer that is not final. The pause doubles from try to try; a
/// `Retry-After` of the collector is used instead.
///
/// @param attempts tries in all, at least 1
/// @param firstPause before the second try
/// @param longestPause no pause is longer, whatever the collector asks for
/// @param timeout for the answer to one try
public record RetryPolicy(
        int attempts, Duration firstPause, Duration longestPause, Duration timeout) {

    /// As patient as the SDKs that people use: 8 tries, 0.2 s to 30 s between them, 10 s for an
    /// answer.
    public static final RetryPolicy USUAL =
            new RetryPolicy(
                    8, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(10));

    /// Checks the limits.
    ///
    /// @throws IllegalArgumentException when there is no attempt, or a time is not positive
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        if (!firstPause.isPositive() || !longestPause.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("pauses and timeout must be positive");
        }
    }

    /// The pause after a failed try.
    ///
    /// @param attempt the try that failed, the first is 1
    /// @param asked what the collector asked for, negative when it asked for nothing
    Duration pauseAfter(int attempt, long asked) {
        Duration pause =
                asked >= 0
                        ? Duration.ofSeconds(asked)
                        : firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
