package dev.sluice.loader.sink;

import dev.sluice.runtime.failure.SetupFailure;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Brings the rows of a window to a sink, in halves where it takes none of them, until those that
/// it refuses stand alone.
final class Delivery {

    /// So many rows refused and none taken is no fault of the rows.
    private static final int TOO_MANY = 20;

    private final SinkSteps steps;
    private final String window;

    private final List<RefusedRow> refused = new ArrayList<>();
    private final List<SinkRow> later = new ArrayList<>();
    private @Nullable RuntimeException why;
    private int written;
    private int superseded;

    Delivery(SinkSteps steps, String window) {
        this.steps = steps;
        this.window = window;
    }

    /// What came before a failure is written once more, the same, when this is done again.
    ///
    /// @throws SetupFailure if the sink takes nothing at all
    void bring(List<SinkRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        switch (steps.metrics().timed(() -> steps.sink().write(window, rows))) {
            case SinkAnswer.Sorted sorted -> take(rows.size(), sorted);
            case SinkAnswer.Unsorted(String reason) when rows.size() == 1 ->
                    refused.add(new RefusedRow(rows.getFirst(), reason));
            case SinkAnswer.Unsorted _ -> {
                bring(rows.subList(0, rows.size() / 2));
                bring(rows.subList(rows.size() / 2, rows.size()));
            }
        }
        if (refused.size() >= TOO_MANY && written + superseded == 0) {
            throw new SetupFailure(
                    "%s took none of %d rows: %s; its table or mapping does not fit"
                            .formatted(
                                    steps.sink().name(), refused.size(), refused.getFirst().why()));
        }
    }

    private void take(int given, SinkAnswer.Sorted sorted) {
        int waiting = 0;
        if (sorted.later() instanceof SinkAnswer.Later(List<SinkRow> rows, var reason)) {
            later.addAll(rows);
            waiting = rows.size();
            why = reason;
        }
        refused.addAll(sorted.refused());
        superseded += sorted.superseded();
        written += given - waiting - sorted.refused().size() - sorted.superseded();
    }

    List<RefusedRow> refused() {
        return refused;
    }

    int written() {
        return written;
    }

    int superseded() {
        return superseded;
    }

    /// Rows to bring again.
    List<SinkRow> later() {
        return later;
    }

    /// Why rows are to be brought again; null if none are.
    @Nullable RuntimeException why() {
        return why;
    }
}
