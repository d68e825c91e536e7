package dev.sluice.cli;

import dev.sluice.loader.warehouse.StagedComparison;
import dev.sluice.replay.ItemCounts;

import java.io.PrintWriter;
import java.util.Locale;

/// What a replay did, or would do, for a person.
record ReplayReport(PrintWriter out) {

    void print(ItemCounts counts) {
        line(
                counts.read(),
                "events of that time, and %,d before it to know what was known then"
                        .formatted(counts.warmed()));
        line(counts.valid(), "valid");
        line(counts.duplicates(), "copies of events that came before");
        line(counts.suppressed(), "of persons who were erased");
        line(counts.left(), "left as they are, since they were refused then");
        line(counts.refused(), "refused now; their rows stay as they are");
        counts.reasons().forEach((reason, count) -> out.printf("%,14d    %s%n", count, reason));
        line(counts.rows(), "rows in %,d files".formatted(counts.files()));
        double seconds = counts.cpuNanos() / 1e9;
        if (seconds > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,14.0f  events in a second of one core%n",
                    (counts.read() + counts.warmed()) / seconds);
        }
    }

    void print(StagedComparison.Difference difference) {
        line(difference.added(), "rows would be added");
        line(difference.changed(), "would change");
        difference
                .changedByColumn()
                .forEach((column, rows) -> out.printf("%,14d    %s%n", rows, column));
        line(difference.unchanged(), "would stay the same");
        line(difference.duplicates(), "are copies of rows and would stay as they are");
        line(difference.missing(), "rows of that time are not among them and would stay");
    }

    private void line(long count, String what) {
        out.printf("%,14d  %s%n", count, what);
    }
}
