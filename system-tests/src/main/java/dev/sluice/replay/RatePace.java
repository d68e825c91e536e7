package dev.sluice.replay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// So many events in a second, and none while live files have waited too long. What was not used
/// is lost after a second.
public final class RatePace implements Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_EVERY = SECOND;

    private final long eventsPerSecond;
    private final Duration mostLag;
    private final Supplier<Duration> lag;
    private final LongSupplier nanos;

    private long nextAt;
    private long lookedAt;

    /// @param eventsPerSecond of all workers of this process together; 0 for as many as there are
    /// @param mostLag at which it waits
    /// @param lag how long the oldest file in the queue has waited
    /// @param nanos a clock such as that of the system
    public RatePace(
            long eventsPerSecond, Duration mostLag, Supplier<Duration> lag, LongSupplier nanos) {
        this.eventsPerSecond = eventsPerSecond;
        this.mostLag = mostLag;
        this.lag = lag;
        this.nanos = nanos;
        nextAt = nanos.getAsLong();
        lookedAt = nextAt - LOOK_EVERY;
    }

    @Override
    public void await(int events) throws InterruptedException {
        while (isLagging()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY);
        }
        long pause = reserve(events);
        if (pause > 0) {
            TimeUnit.NANOSECONDS.sleep(pause);
        }
    }

    /// How long whoever takes events now has to wait before, in nanoseconds.
    synchronized long reserve(int events) {
        if (eventsPerSecond == 0) {
            return 0;
        }
        long now = nanos.getAsLong();
        long at = Math.max(nextAt, now - SECOND);
        nextAt = at + events * SECOND / eventsPerSecond;
        return Math.max(0, at - now);
    }

    private synchronized boolean isLagging() {
        long now = nanos.getAsLong();
        if (now - lookedAt < LOOK_EVERY) {
            return false;
        }
        if (lag.get().compareTo(mostLag) > 0) {
            return true;
        }
        lookedAt = now;
        return false;
    }
}
