package dev.sluice.loader.warehouse;

import dev.sluice.runtime.health.HealthReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the warehouse loop fares, written by its thread and read by others.
final class LoopStatus {

    /// @param failure of the last turn; empty when it did not fail
    /// @param failingSince the first of the failures in a row
    /// @param lastLoad what the last load came to; empty before the first
    private record State(
            boolean leading, String failure, @Nullable Instant failingSince, String lastLoad) {}

    private final InstantSource clock;
    private volatile State state = new State(false, "", null, "");

    LoopStatus(InstantSource clock) {
        this.clock = clock;
    }

    void turned(WarehouseStep step) {
        State before = state;
        String load = before.lastLoad();
        if (step instanceof WarehouseStep.Loaded(LoadBatch batch, LoadOutcome.Loaded rows)) {
            load =
                    "%s: batch %s, %d files, %d rows, %d of them duplicates, %d replayed"
                            .formatted(
                                    clock.instant(),
                                    batch.id(),
                                    batch.files().size(),
                                    rows.staged(),
                                    rows.duplicates(),
                                    rows.replayed());
        }
        state = new State(!(step instanceof WarehouseStep.NotLeading), "", null, load);
    }

    void failed(String why) {
        State before = state;
        Instant since = before.failingSince();
        state =
                new State(
                        before.leading(),
                        why,
                        since == null ? clock.instant() : since,
                        before.lastLoad());
    }

    /// @param alive whether the loop runs
    /// @param lockProblem why the leader's lock cannot be reached; empty when it can
    HealthReport report(boolean alive, String lockProblem) {
        State now = state;
        Map<String, String> details = new LinkedHashMap<>();
        details.put("leader", String.valueOf(now.leading()));
        if (!now.lastLoad().isEmpty()) {
            details.put("lastLoad", now.lastLoad());
        }
        if (now.failingSince() != null) {
            details.put("failingSince", now.failingSince().toString());
        }
        String why = why(now, alive, lockProblem);
        return why.isEmpty() ? HealthReport.up(details) : HealthReport.down(why, details);
    }

    private static String why(State now, boolean alive, String lockProblem) {
        if (!alive) {
            return "the warehouse loop does not run";
        }
        if (!lockProblem.isEmpty()) {
            return "whether this task is the leader is not known: " + lockProblem;
        }
        return now.failure();
    }
}
