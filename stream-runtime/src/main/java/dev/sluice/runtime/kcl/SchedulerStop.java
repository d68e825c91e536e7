package dev.sluice.runtime.kcl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.kinesis.coordinator.Scheduler;

import java.time.Duration;

/// Stops a scheduler: gracefully while shards have something to drain and there is time, then
/// hard.
///
/// The library's own graceful stop is asked in a thread of its own, because it waits without
/// end for shards that never start, such as a child whose parents another worker reads.
final class SchedulerStop {

    private static final Logger log = LoggerFactory.getLogger(SchedulerStop.class);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String application;
    private final Scheduler scheduler;
    private final StopSignal stop;
    private final ConsumerStatus status;

    SchedulerStop(String application, Scheduler scheduler, StopSignal stop, ConsumerStatus status) {
        this.application = application;
        this.scheduler = scheduler;
        this.stop = stop;
        this.status = status;
    }

    void run() throws InterruptedException {
        Thread graceful = start("graceful", this::askGracefully);
        try {
            while (status.hasOpenShards() && graceful.isAlive() && !stop.expired()) {
                graceful.join(POLL);
            }
        } finally {
            if (stop.expired() && status.hasOpenShards()) {
                log.warn("{} is stopped hard: shards are not drained", application);
            }
            if (!scheduler.shutdownComplete()) {
                start("hard", scheduler::shutdown);
            }
        }
    }

    // The library declares every exception; none of them keeps the hard stop from following.
    private void askGracefully() {
        try {
            scheduler.createGracefulShutdownCallable().call();
        } catch (Exception e) {
            log.warn("{} could not be stopped gracefully: {}", application, Failure.rootCause(e));
        }
    }

    private Thread start(String how, Runnable task) {
        return Thread.ofPlatform().daemon().name("kcl-stop-" + how + "-" + application).start(task);
    }
}
