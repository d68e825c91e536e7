package dev.sluice.runtime.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Time, chance and threads as publishing needs them, so that tests own all three.
interface Timing {

    /// Nanoseconds since some fixed moment; starts near zero and never goes back.
    long nanos();

    void pause(Duration duration) throws InterruptedException;

    /// Runs the task on a thread of its own, at once.
    void start(Runnable task);

    /// Runs the task on a thread of its own, after the delay.
    void startAfter(Duration delay, Runnable task);

    /// A number from 0 up to but not including 1.
    double random();

    /// The threads are platform threads: on a busy processor virtual ones would queue behind all
    /// the requests that are only turned away, and nothing would be stored in time.
    static Timing system() {
        long origin = System.nanoTime();
        Executor threads =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("publish-", 0).factory());
        return new Timing() {
            @Override
            public long nanos() {
                return System.nanoTime() - origin;
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }

            @Override
            public void start(Runnable task) {
                threads.execute(task);
            }

            @Override
            public void startAfter(Duration delay, Runnable task) {
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads)
                        .execute(task);
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
