package dev.sluice.loader.turn;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Takes a turn, rests, and takes the next until it is closed. Thread-safe.
public final class TurnThread implements AutoCloseable {

    private final String name;
    private final Runnable turn;
    private final Duration rest;
    private final int restFactor;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    /// @param name of the thread
    /// @param turn sees to its own failures: one that throws is the last
    /// @param rest between two turns
    public TurnThread(String name, Runnable turn, Duration rest) {
        this(name, turn, rest, 0);
    }

    /// One whose turns may become long.
    ///
    /// @param restFactor rests at least this many times as long as the last turn took
    public TurnThread(String name, Runnable turn, Duration rest, int restFactor) {
        this.name = name;
        this.turn = turn;
        this.rest = rest;
        this.restFactor = restFactor;
    }

    /// Returns at once; the first turn begins at once.
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name(name).start(this::run);
        }
    }

    /// Whether the turn under way is the last, and should end soon.
    public boolean isClosed() {
        return stop.getCount() == 0;
    }

    /// Waits for the turn under way.
    @Override
    public synchronized void close() {
        stop.countDown();
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            long took;
            do {
                long began = System.nanoTime();
                turn.run();
                took = System.nanoTime() - began;
            } while (!stop.await(
                    Math.max(rest.toNanos(), restFactor * took), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
