package dev.sluice.validator.process.time;

import java.time.Duration;

/// How far from its receipt an event may have happened.
///
/// @param maxAhead at most this long after it was received; clocks differ
/// @param maxAge at most this long before; what is older than the archive cannot be replayed
public record TimeBounds(Duration maxAhead, Duration maxAge) {

    /// @throws IllegalArgumentException if one of them is negative
    public TimeBounds {
        if (maxAhead.isNegative() || maxAge.isNegative()) {
            throw new IllegalArgumentException(
                    "time bounds are not negative: " + maxAhead + " ahead, " + maxAge + " of age");
        }
    }
}
