package dev.sluice.day;

import dev.sluice.crash.Finding;
import dev.sluice.loader.upkeep.LoadLatency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Figures and findings of a day that was replayed.
public final class DayReport {

    private static final Duration FRESH = Duration.ofSeconds(30);

    /// What the enrichment of traffic sources writes, and where it says whether it did.
    private static final String TRAFFIC = "traffic_";
    private static final String APPLIED = "enrichments_applied";
    private static final String SKIPPED = "enrichments_skipped";

    private final List<String> figures = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /// Whether every claim holds.
    public boolean proven() {
        return findings.stream().allMatch(Finding::holds);
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    public void print(Consumer<String> out) {
        figures.forEach(out);
        findings.forEach(finding -> out.accept(finding.toString()));
        out.accept(proven() ? "PROVEN" : "NOT PROVEN");
    }

    void figure(String text, Object... values) {
        figures.add(String.format(Locale.ROOT, text, values));
    }

    void claim(String claim, Collection<String> against) {
        findings.add(Finding.of(claim, against));
    }

    void claim(String claim, long expected, long found) {
        claim(
                claim,
                expected == found
                        ? List.of()
                        : List.of("%,d expected, %,d found".formatted(expected, found)));
    }

    /// How fresh live events were while something else went on, which is to make no difference.
    void live(String meanwhile, LoadLatency.Measured latency) {
        fresh(meanwhile, latency);
        boolean fresh = latency.events() > 0 && latency.p95().compareTo(FRESH) < 0;
        claim(
                "P95 of live events is under 30 s " + meanwhile,
                fresh ? List.of() : List.of("P95 " + latency.p95()));
    }

    void fresh(String meanwhile, LoadLatency.Measured latency) {
        figure(
                "live events %s: %,d queryable after P50 %.1f s, P95 %.1f s",
                meanwhile,
                latency.events(),
                latency.p50().toMillis() / 1000.0,
                latency.p95().toMillis() / 1000.0);
    }

    /// What the table was, and is after the same replay.
    void same(
            String claim, Map<String, DayTable.Column> before, Map<String, DayTable.Column> after) {
        claim(claim, differing(before, after));
    }

    /// What the table was, and is after a replay without the enrichment of traffic sources: rows
    /// that had a source lost it, all say that it was skipped, and nothing else is different.
    void withoutTraffic(
            long rows, Map<String, DayTable.Column> before, Map<String, DayTable.Column> after) {
        List<String> wrong = new ArrayList<>();
        long changed = 0;
        for (String name : differing(before, after)) {
            DayTable.Column was = column(before, name);
            DayTable.Column is = column(after, name);
            figure("  %-24s %,9d rows had a value, %,9d have", name, was.filled(), is.filled());
            boolean mark = name.equals(APPLIED) || name.equals(SKIPPED);
            if (!name.startsWith(TRAFFIC) && !mark) {
                wrong.add(name + " changed");
            }
            changed += mark ? 0 : 1;
        }
        for (Map.Entry<String, DayTable.Column> column : after.entrySet()) {
            if (column.getKey().startsWith(TRAFFIC) && column.getValue().filled() > 0) {
                wrong.add(column.getKey() + " has values still");
            }
        }
        if (column(after, SKIPPED).filled() != rows) {
            wrong.add(SKIPPED + " has a value in " + column(after, SKIPPED).filled() + " rows");
        }
        if (changed == 0) {
            wrong.add("no source was lost, so this shows nothing");
        }
        claim("a replay without traffic sources changes them alone, in every row", wrong);
    }

    /// The columns in which the two differ.
    static Set<String> differing(
            Map<String, DayTable.Column> before, Map<String, DayTable.Column> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> column(before, name).equals(column(after, name)));
        return names;
    }

    private static DayTable.Column column(Map<String, DayTable.Column> columns, String name) {
        return columns.getOrDefault(name, DayTable.Column.NONE);
    }
}
