package dev.sluice.collector.egress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Flushes the door's books every so often, and a last time at the end.
public final class BooksTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BooksTimer.class);

    private final DoorBooks books;
    private final Duration interval;
    private final Duration lastFlush;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("door-books").factory());

    /// @param lastFlush how long the end waits for the store
    public BooksTimer(DoorBooks books, Duration interval, Duration lastFlush) {
        this.books = books;
        this.interval = interval;
        this.lastFlush = lastFlush;
    }

    public void start() {
        thread.scheduleWithFixedDelay(
                books::flush, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Returns when everything is stored, or after the time for the last flush.
    @Override
    public void close() {
        thread.execute(
                () -> {
                    if (!books.flush()) {
                        LOG.warn("the last count of accepted events is not in the books");
                    }
                });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(lastFlush.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the last count of accepted events may not be in the books");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
