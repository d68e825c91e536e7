package dev.sluice.loader.queue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// How much is in the queue.
///
/// @param waiting files
/// @param oldestWaiting when the first of them was created; null when none waits
/// @param blocked files that are set aside
public record QueueDepth(long waiting, @Nullable Instant oldestWaiting, long blocked) {

    /// How long the oldest file has waited; zero when none waits.
    public Duration lag(Instant now) {
        if (oldestWaiting == null || now.isBefore(oldestWaiting)) {
            return Duration.ZERO;
        }
        return Duration.between(oldestWaiting, now);
    }
}
