package dev.sluice.crash;

import dev.sluice.traffic.load.LatencySummary;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.Totals;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What a crash run did and found.
///
/// @param done how often each kind of action was done
/// @param deeds everything that was done, in order
/// @param starts processes started, over all tasks
/// @param drain how long it took until nothing moved any more
/// @param notes figures for a person
public record CrashReport(
        CrashPlan plan,
        LoadReport load,
        Map<String, Integer> done,
        List<String> deeds,
        int starts,
        Duration drain,
        List<Finding> findings,
        List<String> notes) {

    public CrashReport {
        done = Map.copyOf(done);
        deeds = List.copyOf(deeds);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /// Whether every claim holds.
    public boolean proven() {
        return findings.stream().allMatch(Finding::holds);
    }

    public int kills() {
        return done.getOrDefault("Kill", 0);
    }

    public int reshards() {
        return done.getOrDefault("Split", 0) + done.getOrDefault("Merge", 0);
    }

    public void print(Consumer<String> out) {
        out.accept("");
        out.accept("What was done");
        deeds.forEach(out);
        out.accept("");
        printFigures(out);
        out.accept("");
        out.accept("What was found");
        findings.forEach(finding -> out.accept(finding.toString()));
        out.accept("");
        out.accept(
                proven()
                        ? "PROVEN: nothing lost, nothing twice."
                        : "NOT PROVEN. Everything is kept in "
                                + plan.data()
                                + ", logs in "
                                + plan.data().resolve("logs"));
        out.accept("replay with: " + plan.replay());
    }

    private void printFigures(Consumer<String> out) {
        Totals totals = load.account().totals();
        LatencySummary latency = load.latency();
        int faults = done.values().stream().mapToInt(Integer::intValue).sum();
        out.accept(
                format(
                        "%d kills, %d reshards, %d other faults; %d processes started",
                        kills(), reshards(), faults - kills() - reshards(), starts));
        out.accept("  " + new TreeMap<>(done));
        out.accept(
                format(
                        "%,d copies of %,d events at %.0f/s: %,d acknowledged, %,d refused, %,d unknown; %,d retries",
                        totals.sent(),
                        load.account().deliveries().size(),
                        load.rate(),
                        totals.acknowledged(),
                        totals.refused(),
                        totals.unknown(),
                        totals.retries()));
        out.accept(
                format(
                        "acknowledged after: P50 %s, P95 %s, P99 %s, longest %s; %,d batches held back",
                        seconds(latency.p50()),
                        seconds(latency.p95()),
                        seconds(latency.p99()),
                        seconds(latency.max()),
                        load.heldBack()));
        out.accept("drained in " + seconds(drain));
        notes.forEach(out);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    private static String seconds(Duration time) {
        return format("%.3f s", time.toMillis() / 1000.0);
    }
}
