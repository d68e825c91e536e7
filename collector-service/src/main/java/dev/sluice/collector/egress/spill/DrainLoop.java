package dev.sluice.collector.egress.spill;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Drains again and again, on a thread of its own. A failure is tried again after the interval.
public final class DrainLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DrainLoop.class);

    /// Less than the lifecycle gives each of its phases.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final BooleanSupplier round;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    /// @param round does some of the work, and says whether there may be more at once
    public DrainLoop(BooleanSupplier round, Duration interval) {
        this.round = round;
        this.interval = interval;
        thread = Thread.ofVirtual().name("spill-drain").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Waits a while for what is under way, since giving it up would send it twice; what does not
    /// come to an end stays in the bucket.
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stop.await(drained() ? interval.toMillis() : 0, TimeUnit.MILLISECONDS)) {
                // what is to do is done in the condition
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean drained() {
        try {
            boolean more = round.getAsBoolean();
            failing = false;
            return !more;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("what was spilled is not sent on now: {}", failure.getMessage());
            }
            failing = true;
            return true;
        }
    }
}
