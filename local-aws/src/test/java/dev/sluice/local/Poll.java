package dev.sluice.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what happens in another thread or process, with a deadline.
public final class Poll {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Poll() {}

    /// @param what happens, for the message when it does not
    public static void until(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + DEADLINE + ": " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
