package dev.sluice.loader.window;

import java.time.Duration;

/// How long a window may stay open: little when publishing is quick, more when it is slow, since
/// many small objects cost more than few large ones.
///
/// @param min when all is quiet
/// @param max however slow publishing is
public record WindowAge(Duration min, Duration max) {

    public WindowAge {
        if (min.isNegative() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "a window's age must be 0 or more and at most its maximum: "
                            + min
                            + " to "
                            + max);
        }
    }

    /// The same age always.
    public static WindowAge of(Duration age) {
        return new WindowAge(age, age);
    }

    /// The wish, within the bounds.
    Duration bounded(Duration wish) {
        if (wish.compareTo(min) < 0) {
            return min;
        }
        return wish.compareTo(max) > 0 ? max : wish;
    }
}
