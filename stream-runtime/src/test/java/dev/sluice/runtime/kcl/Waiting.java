package dev.sluice.runtime.kcl;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Polls with a deadline.
final class Waiting {

    private static final long POLL_NANOS = 5_000_000;

    private Waiting() {}

    /// @throws AssertionError if it does not come true within two minutes
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within two minutes");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
