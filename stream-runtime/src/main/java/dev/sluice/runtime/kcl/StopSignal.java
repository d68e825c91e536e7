package dev.sluice.runtime.kcl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells every shard of a consumer that it is to stop, and until when it may tidy up.
final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile long deadline;

    /// Asks for a stop. The first call sets the deadline; later ones change nothing.
    synchronized void request(Duration within) {
        if (!requested()) {
            deadline = System.nanoTime() + within.toNanos();
            requested.countDown();
        }
    }

    boolean requested() {
        return requested.getCount() == 0;
    }

    /// A stop was asked for, and the time to tidy up is over.
    boolean expired() {
        return requested() && System.nanoTime() - deadline >= 0;
    }

    /// The time that is left to tidy up; zero when it is over or no stop was asked for.
    Duration remaining() {
        long left = requested() ? deadline - System.nanoTime() : 0;
        return Duration.ofNanos(Math.max(0, left));
    }

    /// Waits for a stop to be asked for, at most this long.
    ///
    /// @return whether it was
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
