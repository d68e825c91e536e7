package dev.sluice.replay;

import dev.sluice.loader.queue.Lane;
import dev.sluice.loader.queue.LoadQueue;

import java.time.Duration;
import java.time.Instant;
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

    /// Beside the live files of a queue. A replay's own files, which are loaded after those, would
    /// make it wait for itself.
    ///
    /// @param eventsPerSecond of all workers of this process together; 0 for as many as there are
    /// @param mostLag of live events on time, at which it waits
    public static RatePace beside(LoadQueue queue, long eventsPerSecond, Duration mostLag) {
        Supplier<Duration> lag = () -> lagOnTime(queue, Instant.now());
        return new RatePace(eventsPerSecond, mostLag, lag, System::nanoTime);
    }

    /// @param lag how long the oldest file has waited that it lets go before
    /// @param nanos a clock such as that of the system
    RatePace(long eventsPerSecond, Duration mostLag, Supplier<Duration> lag, LongSupplier nanos) {
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

    static Duration lagOnTime(LoadQueue queue, Instant now) {
        return queue.oldest(1).stream()
                .filter(file -> file.lane() == Lane.ON_TIME)
                .map(file -> Duration.between(file.createdAt(), now))
                .findFirst()
                .orElse(Duration.ZERO);
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
