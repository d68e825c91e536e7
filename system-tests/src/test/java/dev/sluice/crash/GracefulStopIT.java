package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetShape;
import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.LoadReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// SIGTERM under load loses nothing and repeats nothing, within 30 seconds.
class GracefulStopIT {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    /// Longer than the slowest machine takes for four stops.
    private static final Duration UNTIL_STOPPED = Duration.ofMinutes(20);

    /// Nothing is sent twice on purpose: a copy that is recognised anywhere is a replay.
    private static final TroubleMix ONCE = new TroubleMix(0.006, 0.004, 0.002, 0.02, 0, 0.03);

    private static final Map<String, String> NEXT =
            Map.of(
                    "collector", "validator",
                    "validator", "enricher",
                    "enricher", "loader",
                    "loader", "loader");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void everyServiceEndsInTimeAndNobodyDownstreamNoticesMoreThanAPause() throws Exception {
        List<String> said = new ArrayList<>();
        try (ProcessFleet fleet = ProcessFleet.start(data, new FleetShape(2, 1, 1, 1), said::add);
                ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor()) {
            CrashTraffic traffic = new CrashTraffic(fleet, 11, ONCE, 150, UNTIL_STOPPED);
            Future<LoadReport> load = posting.submit(() -> traffic.run(progress -> {}));
            for (String service : List.of("collector", "validator", "enricher", "loader")) {
                stopAndStart(fleet, service, posting);
            }
            traffic.stop();
            load.get(1, TimeUnit.MINUTES);

            Inquiry.Result found = new Inquiry(fleet, data, traffic).run(said::add);

            assertThat(found.findings()).as(String.join("\n", said)).allMatch(Finding::holds);
            try (Rows rows = Rows.open(fleet.endpoints(), data)) {
                assertThat(rows.duplicates()).as("copies that the MERGE recognised").isZero();
            }
        }
    }

    @Test
    void everyServiceEndsInTimeWhateverIsAway() throws Exception {
        try (ProcessFleet fleet = ProcessFleet.start(data, new FleetShape(1, 1, 1, 1), step -> {});
                ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor()) {
            CrashTraffic traffic = new CrashTraffic(fleet, 12, ONCE, 100, UNTIL_STOPPED);
            Future<LoadReport> load = posting.submit(() -> traffic.run(progress -> {}));
            awaitWork(fleet.tasks("loader"));
            for (Outage outage : Outage.values()) {
                outage.begin(fleet.aws());
            }
            try {
                List<Future<FleetTask.Ended>> ends =
                        fleet.tasks().stream()
                                .map(task -> posting.submit(() -> task.terminate(WITHIN)))
                                .toList();
                for (Future<FleetTask.Ended> end : ends) {
                    assertThat(end.get().exitCode()).isEqualTo(143);
                }
            } finally {
                for (Outage outage : Outage.values()) {
                    outage.end(fleet.aws());
                }
            }
            fleet.tasks().forEach(FleetTask::start);
            traffic.stop();
            load.get(2, TimeUnit.MINUTES);

            assertThat(new Inquiry(fleet, data, traffic).run(step -> {}).findings())
                    .allMatch(Finding::holds);
        }
    }

    private static void stopAndStart(ProcessFleet fleet, String service, ExecutorService watching)
            throws Exception {
        FleetTask task = fleet.tasks(service).getFirst();
        List<FleetTask> next = fleet.tasks(NEXT.getOrDefault(service, service));
        awaitWork(next);
        Map<String, Double> copiesBefore = copies(next);
        awaitReadiness(task);
        Future<Boolean> refusedWork = watching.submit(() -> refusesWorkWhileItLives(task));

        FleetTask.Ended ended = task.terminate(WITHIN);

        assertThat(ended.exitCode()).as(task.name()).isEqualTo(143);
        assertThat(refusedWork.get(30, TimeUnit.SECONDS))
                .as("readiness of %s fails before it ends", task.name())
                .isTrue();
        task.start();
        task.awaitReady(Duration.ofMinutes(2));
        if (!service.equals("loader")) {
            awaitWork(next);
            assertThat(copies(next)).as("seen after " + service).isEqualTo(copiesBefore);
        }
    }

    private static boolean refusesWorkWhileItLives(FleetTask task) throws InterruptedException {
        while (task.isAlive()) {
            try {
                if (task.readiness() == 503) {
                    return true;
                }
            } catch (IOException nobodyAnswers) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return false;
    }

    /// On a busy machine a collector may just be sparing a slow stream.
    private static void awaitReadiness(FleetTask task) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (task.readiness() != 200) {
            assertThat(System.nanoTime()).as(task.name() + " is not ready").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// Until these tasks have published more than they had.
    private static void awaitWork(List<FleetTask> tasks) throws InterruptedException {
        double before = published(tasks);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (published(tasks) <= before) {
            assertThat(System.nanoTime()).as("nothing new is published").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static double published(List<FleetTask> tasks) {
        return tasks.stream()
                .mapToDouble(t -> metric(t, "sluice_events_total", "outcome=\"published\""))
                .sum();
    }

    private static Map<String, Double> copies(List<FleetTask> tasks) {
        return tasks.stream()
                .collect(
                        Collectors.toMap(
                                FleetTask::name,
                                task ->
                                        metric(task, "sluice_events_total", "outcome=\"duplicate\"")
                                                + metric(
                                                        task,
                                                        "sluice_events_total",
                                                        "outcome=\"replayed\"")));
    }

    private static double metric(FleetTask task, String name, String label) {
        try {
            return task.metrics().sum(name, label);
        } catch (IOException e) {
            return 0;
        }
    }
}
