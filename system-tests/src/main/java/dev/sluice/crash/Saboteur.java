package dev.sluice.crash;

import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.local.s3.S3Faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Does what a schedule says to a fleet, and in the end makes everything good again.
final class Saboteur implements AutoCloseable {

    /// A process that was asked to end has this long, whatever else is wrong at the time.
    static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration LATEST = Duration.ofMinutes(2);
    private static final Duration S3_DELAY = Duration.ofMillis(2_000);

    private final ProcessFleet fleet;
    private final Reshards reshards;
    private final StreamFaults streamFaults;
    private final TableFaults tableFaults;
    private final @Nullable SideWork beside;
    private final Deeds deeds;
    private final Map<String, FleetTask> tasks;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(8);
    private final List<Future<?>> underWay = new ArrayList<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final AtomicInteger storageAway = new AtomicInteger();
    private final AtomicInteger warehouseAway = new AtomicInteger();

    /// @param beside null if nothing else can be killed
    Saboteur(ProcessFleet fleet, Reshards reshards, @Nullable SideWork beside, Deeds deeds) {
        this.fleet = fleet;
        this.reshards = reshards;
        this.beside = beside;
        this.deeds = deeds;
        this.streamFaults = new StreamFaults(fleet.aws().kinesis().faults());
        this.tableFaults = new TableFaults(fleet.aws().dynamodb().faults());
        this.tasks =
                fleet.tasks().stream()
                        .collect(Collectors.toMap(FleetTask::name, Function.identity()));
    }

    /// Has every action done at its time from now on; returns at once.
    void follow(CrashSchedule schedule) {
        for (CrashSchedule.Timed timed : schedule.actions()) {
            underWay.add(
                    clock.schedule(
                            () -> attempt(timed.action()),
                            timed.at().toMillis(),
                            TimeUnit.MILLISECONDS));
        }
    }

    /// Waits for what is under way, then ends every fault and starts every process that is down.
    ///
    /// @throws IllegalStateException if a task does not come back
    void heal() throws InterruptedException {
        awaitUnderWay();
        fleet.aws().kinesis().faults().clear();
        fleet.aws().dynamodb().faults().clear();
        fleet.aws().s3().faults().clear();
        fleet.aws().s3().comeBack();
        fleet.aws().redshift().faults().clear();
        fleet.aws().redshift().resume();
        for (FleetTask task : fleet.tasks()) {
            task.resume();
            task.start();
        }
        for (FleetTask task : fleet.tasks()) {
            task.awaitReady(START);
        }
        deeds.add("healed: every fault is over and every process runs");
    }

    private void awaitUnderWay() throws InterruptedException {
        long deadline = System.nanoTime() + LATEST.toNanos();
        while (!underWay.stream().allMatch(Future::isDone) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        clock.shutdown();
        if (!clock.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            problems.put("schedule", "something is under way " + LATEST + " after its end");
        }
    }

    /// How often each kind of action was done.
    Map<String, Integer> done() {
        return Map.copyOf(done);
    }

    /// What could not be done, or did not end as it must; by action.
    Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void attempt(CrashAction action) {
        try {
            perform(action);
            done.merge(action.getClass().getSimpleName(), 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            problems.put(action.toString(), String.valueOf(e.getMessage()));
            deeds.add("FAILED " + action + ": " + e.getMessage());
        }
    }

    private void perform(CrashAction action) throws InterruptedException {
        switch (action) {
            case CrashAction.Kill kill -> kill(kill);
            case CrashAction.KillBeside kill -> Objects.requireNonNull(beside).kill(kill);
            case CrashAction.Terminate terminate -> terminate(terminate);
            case CrashAction.Freeze freeze -> freeze(freeze);
            case CrashAction.Split split -> deeds.add(reshards.split(split));
            case CrashAction.Merge merge -> deeds.add(reshards.merge(merge));
            case CrashAction.StreamTrouble trouble ->
                    during(trouble, trouble.time(), streamFaults.begin(trouble));
            case CrashAction.StorageTrouble trouble -> storage(trouble);
            case CrashAction.StorageAway away -> {
                storageAway.incrementAndGet();
                fleet.aws().s3().goAway();
                during(away, away.time(), this::storageBack);
            }
            case CrashAction.WarehouseAway away -> {
                warehouseAway.incrementAndGet();
                fleet.aws().redshift().pause();
                during(away, away.time(), this::warehouseBack);
            }
            case CrashAction.TableTrouble trouble ->
                    during(trouble, trouble.time(), tableFaults.begin(trouble));
            case CrashAction.LeaseTheft theft -> steal(theft);
            case CrashAction.ClockSkew skew -> during(skew, skew.time(), streamFaults.begin(skew));
            case CrashAction.CommitsUnheard commits -> {
                deeds.add(commits.toString());
                fleet.aws().redshift().faults().loseCommitAnswers(commits.times());
            }
        }
    }

    private void kill(CrashAction.Kill kill) {
        FleetTask task = task(kill.task());
        task.resume();
        boolean killed = task.kill();
        deeds.add(killed ? kill.toString() : kill.task() + " was down already");
        if (!killed) {
            throw new IllegalStateException("there was no process to kill");
        }
        clock.schedule(task::start, kill.down().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void terminate(CrashAction.Terminate terminate) throws InterruptedException {
        FleetTask task = task(terminate.task());
        task.resume();
        // A service acts on SIGTERM once it has started, and how long that takes is no part of it.
        task.awaitStarted(STARTED_WITHIN);
        deeds.add(terminate.toString());
        FleetTask.Ended ended = task.terminate(GRACE);
        deeds.add(
                "%s ended %d ms after SIGTERM with %d"
                        .formatted(task.name(), ended.after().toMillis(), ended.exitCode()));
        clock.schedule(task::start, terminate.down().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void freeze(CrashAction.Freeze freeze) {
        FleetTask task = task(freeze.task());
        task.pause();
        during(freeze, freeze.time(), task::resume);
    }

    private void steal(CrashAction.LeaseTheft theft) {
        String shard = reshards.openShard(theft.reader().stream(), theft.pick());
        String table = theft.reader().leaseTable();
        try {
            fleet.aws().dynamodb().faults().stealLease(table, shard, "thief");
            deeds.add("stole the lease of " + table + " on " + shard);
        } catch (IllegalArgumentException e) {
            // A child that nobody reads yet has no lease to steal.
            deeds.add("nothing to steal: " + e.getMessage());
        }
    }

    private void storage(CrashAction.StorageTrouble trouble) {
        deeds.add(trouble.toString());
        S3Faults faults = fleet.aws().s3().faults();
        switch (trouble.kind()) {
            case ERRORS -> faults.fail(trouble.operation(), "", trouble.times());
            case SLOW -> faults.delay(trouble.operation(), "", S3_DELAY, trouble.times());
            case ANSWERS_LOST -> faults.loseAnswer(trouble.operation(), "", trouble.times());
        }
    }

    /// Outages may overlap: the last to end brings it back.
    private void storageBack() {
        if (storageAway.decrementAndGet() == 0) {
            fleet.aws().s3().comeBack();
        }
    }

    private void warehouseBack() {
        if (warehouseAway.decrementAndGet() == 0) {
            fleet.aws().redshift().resume();
        }
    }

    private void during(CrashAction action, Duration time, Runnable end) {
        deeds.add(action.toString());
        clock.schedule(
                () -> {
                    end.run();
                    deeds.add("over: " + action);
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private FleetTask task(String name) {
        FleetTask task = tasks.get(name);
        if (task == null) {
            throw new IllegalStateException("there is no task " + name);
        }
        return task;
    }
}
