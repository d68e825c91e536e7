package dev.sluice.runtime.kcl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Does one thing of a shard again and again until it works. Gives up only when going on is
/// pointless: the lease is gone, the thread was interrupted, or the consumer stops.
final class Retries {

    /// What a stop means for a thing that still fails.
    enum Until {
        /// Give up at once: another worker will do it from the checkpoint.
        STOP_REQUESTED,
        /// Try on for as long as the stop may take.
        STOP_EXPIRED
    }

    static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final Logger log = LoggerFactory.getLogger(Retries.class);
    private static final Duration LEASE_CHECK = Duration.ofMillis(250);

    private final ShardContext context;
    private final ShardStatus status;
    private final ShardLease lease;

    Retries(ShardContext context, ShardStatus status, ShardLease lease) {
        this.context = context;
        this.status = status;
        this.lease = lease;
    }

    /// @return what the action gave, or empty when it was given up
    <T> Optional<T> attempt(String what, Until until, Supplier<T> action) {
        return attempt(what, until, NO_LIMIT, action);
    }

    /// Catches everything: the library skips the records of a batch whose processor throws.
    ///
    /// @param most how many attempts at most
    /// @return what the action gave, or empty when it was given up
    <T> Optional<T> attempt(String what, Until until, int most, Supplier<T> action) {
        for (int failed = 0; ; failed++) {
            try {
                T result = action.get();
                if (failed > 0) {
                    status.recovered();
                    log.info("{} works again after {} failures", named(what), failed);
                }
                return Optional.of(result);
            } catch (Throwable thrown) {
                note(what, failed, thrown);
                if (failed + 1 >= most || !pause(delay(thrown, failed), until)) {
                    log.warn("{} given up after {} failures", named(what), failed + 1);
                    return Optional.empty();
                }
            }
        }
    }

    private void note(String what, int failed, Throwable thrown) {
        Failure failure = Failure.of(thrown);
        status.failed(failure);
        context.metrics().retried(failure);
        log.warn("{} failed, attempt {}: {}", named(what), failed + 1, failure.reason());
        log.debug("{} failed", named(what), thrown);
    }

    private Duration delay(Throwable thrown, int failed) {
        Backoff backoff =
                Failure.of(thrown).isTransient()
                        ? context.transientBackoff()
                        : context.slowBackoff();
        return backoff.delay(failed, context.random());
    }

    /// @return whether to try again
    private boolean pause(Duration delay, Until until) {
        long end = System.nanoTime() + delay.toNanos();
        try {
            while (!pointless(until)) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (!left.isPositive()) {
                    return true;
                }
                nap(left.compareTo(LEASE_CHECK) < 0 ? left : LEASE_CHECK);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void nap(Duration time) throws InterruptedException {
        if (context.stop().requested()) {
            Thread.sleep(time);
        } else {
            boolean woken = context.stop().await(time);
            if (woken) {
                log.debug("{} of stream {} is to stop", status.shard(), context.stream());
            }
        }
    }

    private boolean pointless(Until until) {
        StopSignal stop = context.stop();
        boolean stopped =
                switch (until) {
                    case STOP_REQUESTED -> stop.requested();
                    case STOP_EXPIRED -> stop.expired();
                };
        return stopped || !lease.isHeld();
    }

    private String named(String what) {
        return what + " of stream " + context.stream() + " " + status.shard();
    }
}
