package dev.sluice.collector.egress.spill;

import java.time.Duration;

/// How much may wait to be spilled, and how long for.
///
/// @param maxBytes of events waiting or being written; past it nothing more is taken
/// @param maxObjectBytes of events in one object, before compression
/// @param maxPuts objects written at once
/// @param linger how long the first events of an object wait for company
/// @param timeLimit after which a request's events count as not stored
public record SpillConfig(
        long maxBytes, long maxObjectBytes, int maxPuts, Duration linger, Duration timeLimit) {

    public SpillConfig {
        if (maxBytes < 1 || maxObjectBytes < 1 || maxPuts < 1 || !timeLimit.isPositive()) {
            throw new IllegalArgumentException("a bound of the spill is not positive");
        }
        if (linger.isNegative() || linger.compareTo(timeLimit) >= 0) {
            throw new IllegalArgumentException(
                    "linger %s leaves no time within %s".formatted(linger, timeLimit));
        }
    }
}
