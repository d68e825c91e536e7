package dev.sluice.runtime.leader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Stands for leader as long as it runs: claims a lock again and again on a thread of its own, so
/// that a load that takes longer than the lease does not lose it. Itself a lock that is cheap to
/// claim.
public final class LeaderElection implements LeaderLock, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private final LeaderLock lock;
    private final Duration interval;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable Leadership leadership;
    private volatile String problem = "";

    /// @param interval between two claims, well below the lease time
    public LeaderElection(LeaderLock lock, Duration interval, InstantSource clock) {
        this.lock = lock;
        this.interval = interval;
        this.clock = clock;
    }

    /// Returns at once.
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("leader-election").start(this::run);
        }
    }

    /// What this task leads with now, without a call to anybody.
    @Override
    public Optional<Leadership> claim() {
        Leadership now = leadership;
        return now != null && now.holdsAt(clock.instant()) ? Optional.of(now) : Optional.empty();
    }

    /// Why the last claim had no answer; empty when it had one.
    public String problem() {
        return problem;
    }

    /// Stands no more, and gives the leadership up, if this task has it, so that another one
    /// follows at once. What was to be done as the leader has to be done before. Waits for a claim
    /// under way.
    @Override
    public synchronized void release() {
        stop.countDown();
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
    }

    private void run() {
        try {
            do {
                stand();
            } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
            leadership = null;
            lock.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("leadership is not given up, it lapses by itself: {}", e.getMessage());
        }
    }

    private void stand() {
        try {
            Leadership before = leadership;
            Leadership now = lock.claim().orElse(null);
            leadership = now;
            problem = "";
            tell(before, now);
        } catch (RuntimeException e) {
            if (problem.isEmpty()) {
                LOG.warn("leadership cannot be claimed: {}", e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
        }
    }

    private static void tell(@Nullable Leadership before, @Nullable Leadership now) {
        if (now != null && (before == null || before.fence() != now.fence())) {
            LOG.info("leader with fencing token {}", now.fence());
        } else if (now == null && before != null) {
            LOG.info("not the leader any more");
        }
    }
}
