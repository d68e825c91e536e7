package dev.sluice.crash;

import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.LoadReport;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One part of the cloud goes away under steady traffic: whether senders are answered in time and
/// memory stays flat, how long it takes to catch up, and whether anything is lost.
public final class OutageRun {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
    private static final int LOOKS_BEFORE = 3;

    /// What the collector promises, whatever is away.
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private static final Set<Integer> EXPECTED = Set.of(200, 503);

    private final CrashPlan plan;
    private final Outage outage;
    private final Range range;
    private final Consumer<String> out;

    /// What runs during the traffic.
    public enum Range {
        /// Every task.
        LINE,
        /// The collectors alone, so that one machine has room for their full rate; the others
        /// follow when the traffic has ended.
        DOOR
    }

    /// @param plan its duration is that of the outage
    public OutageRun(CrashPlan plan, Outage outage, Range range, Consumer<String> out) {
        this.plan = plan;
        this.outage = outage;
        this.range = range;
        this.out = out;
    }

    /// @return what was found; the table of memory goes to `out`
    public List<Finding> run() throws IOException, InterruptedException, SQLException {
        try (ProcessFleet fleet =
                        ProcessFleet.start(plan.data(), plan.shape(), Map.of(), Map.of(), out);
                ProgressLine line = new ProgressLine(fleet, plan.data(), out);
                ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor()) {
            stopOthers(fleet);
            Duration atMost = plan.duration().plus(Duration.ofMinutes(10));
            CrashTraffic traffic =
                    new CrashTraffic(fleet, plan.seed(), TroubleMix.USUAL, plan.rate(), atMost);
            Future<LoadReport> load = posting.submit(() -> traffic.run(line::print));
            MemoryWatch memory = new MemoryWatch(tasks(fleet));
            goThrough(fleet, traffic, memory);
            traffic.stop();
            LoadReport report = await(load);
            memory.look(MemoryWatch.Phase.AFTER);
            startOthers(fleet);
            Inquiry.Result found = inquiry(fleet, traffic).run(out);
            memory.print(out);
            out.accept(
                    "caught up %d s after the traffic ended, %d s after %s came back"
                            .formatted(
                                    found.drain().toSeconds(),
                                    found.drain().plus(LOOK_EVERY).toSeconds(),
                                    outage));
            found.notes().forEach(out);
            List<Finding> findings = new ArrayList<>(found.findings());
            findings.add(memory.finding());
            findings.add(answered(report));
            return findings;
        }
    }

    private List<FleetTask> tasks(ProcessFleet fleet) {
        return range == Range.DOOR ? fleet.tasks("collector") : fleet.tasks();
    }

    private void stopOthers(ProcessFleet fleet) throws InterruptedException {
        List<FleetTask> staying = tasks(fleet);
        for (FleetTask task : fleet.tasks()) {
            if (!staying.contains(task)) {
                var _ = task.terminate(STOP);
            }
        }
    }

    private void startOthers(ProcessFleet fleet) throws InterruptedException {
        fleet.tasks().forEach(FleetTask::start);
        for (FleetTask task : fleet.tasks()) {
            task.awaitReady(START);
        }
    }

    /// What waited in the bucket comes after what did not.
    private Inquiry inquiry(ProcessFleet fleet, CrashTraffic traffic) {
        Inquiry inquiry = new Inquiry(fleet, plan.data(), traffic);
        return outage == Outage.KINESIS ? inquiry.regardlessOfOrder() : inquiry;
    }

    private void goThrough(ProcessFleet fleet, CrashTraffic traffic, MemoryWatch memory)
            throws InterruptedException, IOException {
        Duration settle = range == Range.DOOR ? SETTLE.dividedBy(3) : SETTLE;
        TimeUnit.MILLISECONDS.sleep(settle.toMillis());
        traffic.forgetAnswers(); // of compilers at work
        for (int i = 0; i < LOOKS_BEFORE; i++) {
            memory.look(MemoryWatch.Phase.BEFORE);
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.dividedBy(2).toMillis());
        }
        out.accept("  ! " + outage + " is away for " + plan.duration().toSeconds() + " s");
        outage.begin(fleet.aws());
        try {
            long end = System.nanoTime() + plan.duration().toNanos();
            while (System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                memory.look(MemoryWatch.Phase.DURING);
            }
        } finally {
            outage.end(fleet.aws());
        }
        out.accept("  ! " + outage + " is back");
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }

    private Finding answered(LoadReport report) {
        List<String> offenders = new ArrayList<>();
        report.answers()
                .forEach(
                        (status, times) -> {
                            out.accept(
                                    "%d answers %d: P50 %d ms, P99 %d ms, slowest %d ms"
                                            .formatted(
                                                    times.count(),
                                                    status,
                                                    times.p50().toMillis(),
                                                    times.p99().toMillis(),
                                                    times.max().toMillis()));
                            if (!EXPECTED.contains(status)) {
                                offenders.add(times.count() + " answers " + status);
                            } else if (times.max().compareTo(PROMPT) > 0) {
                                offenders.add(status + " after " + times.max());
                            }
                        });
        return Finding.of(
                "every request is answered 200 or 503 within " + PROMPT.toSeconds() + " s",
                offenders);
    }

    private static LoadReport await(Future<LoadReport> load) throws InterruptedException {
        try {
            return load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the traffic failed", e.getCause());
        }
    }
}
