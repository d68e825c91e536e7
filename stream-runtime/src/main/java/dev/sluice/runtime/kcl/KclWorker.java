package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.leases.LeaseCoordinator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// Runs the library's scheduler in the calling thread, again and again until the consumer stops: a
/// start that failed, or a scheduler that died, is repeated after a delay.
final class KclWorker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(KclWorker.class);
    private static final Backoff RESTART =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final KclConsumerConfig config;
    private final SchedulerAssembly assembly;
    private final LeaseSeeder seeder;
    private final StopSignal stop;
    private final ConsumerStatus status;
    private final Function<Leases, ShardContext> contexts;
    private volatile @Nullable Scheduler running;

    /// @param contexts what the shards of a scheduler share, given its leases
    KclWorker(
            KclConsumerConfig config,
            KclClients clients,
            StopSignal stop,
            ConsumerStatus status,
            Function<Leases, ShardContext> contexts) {
        this.config = config;
        this.assembly = new SchedulerAssembly(config, clients);
        this.seeder = new LeaseSeeder(config, clients);
        this.stop = stop;
        this.status = status;
        this.contexts = contexts;
    }

    @Override
    public void run() {
        try {
            int failed = 0;
            while (!stop.requested()) {
                status.starting();
                runOnce();
                failed = status.isReading() ? 0 : failed + 1;
                if (stop.await(RESTART.delay(failed, ThreadLocalRandom.current()))) {
                    log.info("{} stops", named());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            status.stopped();
        }
    }

    /// The scheduler that runs at this moment; null while none does.
    @Nullable Scheduler scheduler() {
        return running;
    }

    /// Gives the leases back, so that the next owner need not wait for them to expire.
    void releaseLeases() {
        try {
            seeder.release();
        } catch (TransientFailure e) {
            log.warn("{}: leases stay until they expire: {}", named(), e.getMessage());
        }
    }

    // Whatever ends a scheduler, the worker goes on.
    private void runOnce() throws InterruptedException {
        ExecutorService leaseTasks =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform()
                                .daemon()
                                .name("kcl-shard-sync-" + config.application())
                                .factory());
        try {
            if (config.tuning().seedLeases()) {
                seeder.seed();
            }
            runScheduler(leaseTasks);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable thrown) {
            note(thrown);
        } finally {
            leaseTasks.shutdownNow();
        }
    }

    private void runScheduler(ExecutorService leaseTasks) {
        CompletableFuture<LeaseCoordinator> coordinator = new CompletableFuture<>();
        ShardContext context =
                contexts.apply(shard -> Leases.of(coordinator.join()).current(shard));
        Scheduler scheduler =
                assembly.scheduler(
                        () -> new ShardProcessor(context), new StateListener(), leaseTasks);
        coordinator.complete(scheduler.leaseCoordinator());
        running = scheduler;
        try {
            // A stop that was asked for before the line above did not see this scheduler.
            if (!stop.requested()) {
                scheduler.run();
            }
        } finally {
            if (!scheduler.shutdownComplete()) {
                scheduler.shutdown();
                scheduler.executorService().shutdownNow();
            }
            running = null;
        }
    }

    private void note(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        status.startFailed(failure);
        log.warn("{} could not start: {}", named(), failure.reason());
        log.debug("{} could not start", named(), thrown);
    }

    private String named() {
        return "Application " + config.application() + " on stream " + config.stream();
    }

    private final class StateListener implements WorkerStateChangeListener {

        @Override
        public void onWorkerStateChange(WorkerState state) {
            if (state == WorkerState.STARTED) {
                status.reading();
            }
        }

        @Override
        public void onAllInitializationAttemptsFailed(Throwable thrown) {
            note(new TransientFailure(named() + ": " + Failure.rootCause(thrown), thrown));
        }
    }
}
