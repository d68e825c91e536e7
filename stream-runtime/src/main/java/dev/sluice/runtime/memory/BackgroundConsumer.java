package dev.sluice.runtime.memory;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.stream.StreamConsumer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Drives a {@link MemoryConsumer} on a thread of its own, as an application expects of a consumer.
/// Reads what there is, gives idle shards an empty batch, rests, and reads again.
public final class BackgroundConsumer implements StreamConsumer {

    private final MemoryConsumer consumer;
    private final Duration rest;
    private volatile boolean stopping;
    private volatile @Nullable RuntimeException failure;
    private @Nullable Thread thread;

    /// @param rest between two looks at the stream
    public BackgroundConsumer(MemoryConsumer consumer, Duration rest) {
        this.consumer = consumer;
        this.rest = rest;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("started already");
        }
        consumer.start();
        thread = Thread.ofVirtual().name("memory-consumer").start(this::run);
    }

    /// The process dies: see {@link MemoryConsumer#crash()}.
    public void crash() {
        stop();
        consumer.crash();
    }

    @Override
    public void close() {
        stop();
        consumer.close();
    }

    @Override
    public HealthReport health() {
        RuntimeException failing = failure;
        return failing == null
                ? consumer.health()
                : HealthReport.down(String.valueOf(failing.getMessage()), Map.of());
    }

    private void run() {
        while (!stopping) {
            try {
                consumer.runUntilIdle();
                consumer.tick();
                failure = null;
            } catch (RuntimeException e) {
                failure = e;
            }
            LockSupport.parkNanos(rest.toNanos());
        }
    }

    private synchronized void stop() {
        stopping = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            joinUninterruptibly(thread);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
