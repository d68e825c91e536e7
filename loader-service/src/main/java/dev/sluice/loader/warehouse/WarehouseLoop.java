package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.BlockedFiles;
import dev.sluice.loader.queue.Lane;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.leader.LeaderElection;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Turns the warehouse loop on a thread of its own: while this task leads, migrations once, then
/// load after load. No failure ends it.
public final class WarehouseLoop implements HealthSource {

    private static final Logger LOG = LoggerFactory.getLogger(WarehouseLoop.class);

    private final Parts parts;
    private final LoopTiming timing;
    private final InstantSource clock;
    private final LoopStatus status;
    private final LoopPauses.Rest rest;
    private final LoopPauses pauses;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile boolean migrated;
    private volatile Instant drainUntil = Instant.MIN;

    /// What the loop turns.
    ///
    /// @param reachable whether the warehouse takes a connection; costs no more than that
    /// @param migration brings the tables up to date; run by the leader before its first load
    public record Parts(
            LeaderElection election,
            BooleanSupplier reachable,
            Runnable migration,
            WarehousePipeline pipeline,
            BlockedFiles blocked,
            LoadMetrics metrics) {}

    /// A turn.
    private sealed interface Attempt {
        record Worked(WarehouseStep step) implements Attempt {}

        record Failed(FailureKind kind) implements Attempt {}
    }

    public WarehouseLoop(Parts parts, LoopTiming timing, InstantSource clock) {
        this.parts = parts;
        this.timing = timing;
        this.clock = clock;
        this.status = new LoopStatus(clock);
        this.rest = pause -> stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        this.pauses =
                new LoopPauses(
                        timing.backoff(), parts.reachable(), rest, RandomGenerator.getDefault());
    }

    /// Returns at once.
    public synchronized void start() {
        if (thread == null) {
            parts.election().start();
            thread = Thread.ofPlatform().name("warehouse-loop").start(this::run);
        }
    }

    /// Lets the load under way end, loads what waits for as long as given if this task leads, and
    /// gives the leadership up. Returns when that is done or the time is over; a load that is cut
    /// off then by the end of the process is rolled back.
    ///
    /// @param drain how long to go on loading; zero for not at all
    /// @param timeout for all of it
    public synchronized void stop(Duration drain, Duration timeout) {
        drainUntil = clock.instant().plus(drain);
        stop.countDown();
        if (thread == null) {
            return;
        }
        try {
            if (!thread.join(timeout)) {
                LOG.warn("a load is under way still after {}; it is left to itself", timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether this task leads and has brought the tables up to date.
    public boolean leads() {
        return migrated && parts.election().claim().isPresent();
    }

    @Override
    public HealthReport health() {
        Thread running = thread;
        return status.report(running != null && running.isAlive(), parts.election().problem());
    }

    private void run() {
        try {
            boolean stopped = false;
            while (!stopped) {
                Attempt attempt = attempt();
                stopped =
                        switch (attempt) {
                            case Attempt.Worked(WarehouseStep step) -> rest.over(pauseAfter(step));
                            case Attempt.Failed(FailureKind kind) -> pauses.after(kind);
                        };
            }
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            parts.pipeline().stop();
        }
    }

    /// Ends with the first turn that finds nothing to do, or fails.
    private void drain() {
        boolean more = true;
        while (more && clock.instant().isBefore(drainUntil)) {
            more =
                    attempt() instanceof Attempt.Worked(WarehouseStep step)
                            && !(step instanceof WarehouseStep.Idle)
                            && !(step instanceof WarehouseStep.Paused)
                            && !(step instanceof WarehouseStep.NotLeading);
        }
    }

    private Attempt attempt() {
        try {
            long before = System.nanoTime();
            WarehouseStep step = step();
            parts.metrics().turned(step, Duration.ofNanos(System.nanoTime() - before));
            status.turned(step);
            tell(step);
            pauses.worked();
            return new Attempt.Worked(step);
        } catch (RuntimeException e) {
            return new Attempt.Failed(tell(LoopFailure.of(e)));
        }
    }

    private WarehouseStep step() {
        if (parts.election().claim().isEmpty()) {
            return new WarehouseStep.NotLeading();
        }
        if (!migrated) {
            parts.migration().run();
            migrated = true;
        }
        parts.blocked().releaseDue();
        return parts.pipeline().step();
    }

    private FailureKind tell(LoopFailure failure) {
        parts.metrics().failed(failure.kind().meter());
        status.failed(failure.why());
        LOG.warn("a turn of the warehouse loop failed: {}", failure.why());
        return failure.kind();
    }

    private Duration pauseAfter(WarehouseStep step) {
        return switch (step) {
            case WarehouseStep.NotLeading _,
                    WarehouseStep.Paused _,
                    WarehouseStep.Idle _,
                    WarehouseStep.Narrowed _ ->
                    timing.interval();
            case WarehouseStep.Loaded(LoadBatch batch, var _, boolean more) ->
                    more || !isOnTime(batch) ? Duration.ZERO : timing.interval();
            case WarehouseStep.Tidied _, WarehouseStep.SetAside _ -> Duration.ZERO;
        };
    }

    /// After a turn of late or replayed events, or of another table, events on time have waited
    /// already.
    private static boolean isOnTime(LoadBatch batch) {
        return batch.files().getFirst().lane() == Lane.ON_TIME;
    }

    private static void tell(WarehouseStep step) {
        switch (step) {
            case WarehouseStep.NotLeading _, WarehouseStep.Paused _, WarehouseStep.Idle _ -> {}
            case WarehouseStep.Loaded(LoadBatch batch, LoadOutcome.Loaded rows, var _) ->
                    LOG.info(
                            "batch {}: {} files, {} rows inserted, {} duplicates, {} replayed",
                            batch.id(),
                            batch.files().size(),
                            rows.inserted(),
                            rows.duplicates(),
                            rows.replayed());
            case WarehouseStep.Tidied(int files) -> LOG.info("{} files were loaded before", files);
            case WarehouseStep.Narrowed(int files, String why) ->
                    LOG.warn("a batch of {} files was refused: {}", files, why);
            case WarehouseStep.SetAside(String key, String why) ->
                    LOG.error("file {} is set aside: {}", key, why);
        }
    }
}
