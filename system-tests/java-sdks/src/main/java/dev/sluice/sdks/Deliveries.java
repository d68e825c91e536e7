package dev.sluice.sdks;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What an SDK tells of its events, from whatever thread.
final class Deliveries {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private int sent;
    private int delivered;
    private @Nullable String failure;

    synchronized void sent() {
        sent++;
    }

    synchronized void delivered(int events) {
        delivered += events;
        notifyAll();
    }

    synchronized void failed(String why) {
        failure = why;
        notifyAll();
    }

    /// Waits until all that was sent is delivered.
    synchronized void await() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (failure == null && delivered < sent) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(delivered + " of " + sent + " are delivered");
            }
            wait(left);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
