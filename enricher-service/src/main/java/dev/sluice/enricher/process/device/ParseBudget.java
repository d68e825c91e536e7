package dev.sluice.enricher.process.device;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A token bucket: how many parses there may be. A flood of made-up user agents then costs a known
/// share of a core and not the stream. Thread-safe.
final class ParseBudget {

    private final long nanosPerToken;
    private final long capacityNanos;
    private final LongSupplier nanoTime;
    private long spentUntil;

    /// @param perSecond tokens that come back each second, 1 or more
    /// @param burst tokens that a rested bucket holds, 1 or more
    /// @param nanoTime as `System.nanoTime`
    ParseBudget(int perSecond, int burst, LongSupplier nanoTime) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a budget needs a token: " + perSecond + " a second, burst " + burst);
        }
        nanosPerToken = Duration.ofSeconds(1).toNanos() / perSecond;
        capacityNanos = nanosPerToken * burst;
        this.nanoTime = nanoTime;
        spentUntil = nanoTime.getAsLong() - capacityNanos;
    }

    /// Takes a token if there is one.
    synchronized boolean tryTake() {
        long now = nanoTime.getAsLong();
        if (now - spentUntil > capacityNanos) {
            spentUntil = now - capacityNanos;
        }
        if (now - spentUntil < nanosPerToken) {
            return false;
        }
        spentUntil += nanosPerToken;
        return true;
    }
}
