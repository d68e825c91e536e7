package dev.sluice.crash;

import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TroubleMix;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One part of the cloud goes away under steady traffic: whether memory stays flat, how long it
/// takes to catch up, and whether anything is lost.
public final class OutageRun {

    private static final Duration SETTLE = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
    private static final int LOOKS_BEFORE = 3;

    private final CrashPlan plan;
    private final Outage outage;
    private final Consumer<String> out;

    /// @param plan its duration is that of the outage
    public OutageRun(CrashPlan plan, Outage outage, Consumer<String> out) {
        this.plan = plan;
        this.outage = outage;
        this.out = out;
    }

    /// @return what was found; the table of memory goes to `out`
    public List<Finding> run() throws IOException, InterruptedException, SQLException {
        try (ProcessFleet fleet = ProcessFleet.start(plan.data(), plan.shape(), out);
                ProgressLine line = new ProgressLine(fleet, plan.data(), out);
                ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor()) {
            Duration atMost = plan.duration().plus(Duration.ofMinutes(10));
            CrashTraffic traffic =
                    new CrashTraffic(fleet, plan.seed(), TroubleMix.USUAL, plan.rate(), atMost);
            Future<?> load = posting.submit(() -> traffic.run(line::print));
            MemoryWatch memory = new MemoryWatch(fleet.tasks());
            goThrough(fleet, memory);
            traffic.stop();
            await(load);
            Inquiry.Result found = new Inquiry(fleet, plan.data(), traffic).run(out);
            memory.look(MemoryWatch.Phase.AFTER);
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
            return findings;
        }
    }

    private void goThrough(ProcessFleet fleet, MemoryWatch memory)
            throws InterruptedException, IOException {
        TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
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

    private static void await(Future<?> load) throws InterruptedException {
        try {
            load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the traffic failed", e.getCause());
        }
    }
}
