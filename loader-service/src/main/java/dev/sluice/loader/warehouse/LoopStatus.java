package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.health.HealthReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the warehouse loop fares, written by its thread and read by others.
final class LoopStatus {

    /// @param failure of the last turn; empty when it did not fail
    /// @param failingSince the first of the failures in a row
    /// @param lastLoads what the last load of each table came to
    private record State(
            boolean leading,
            String failure,
            @Nullable Instant failingSince,
            Map<LoadTable, String> lastLoads) {}

    private final InstantSource clock;
    private volatile State state = new State(false, "", null, Map.of());

    LoopStatus(InstantSource clock) {
        this.clock = clock;
    }

    void turned(WarehouseStep step) {
        Map<LoadTable, String> loads = new EnumMap<>(LoadTable.class);
        loads.putAll(state.lastLoads());
        if (step instanceof WarehouseStep.Loaded(LoadBatch batch, LoadOutcome.Loaded rows, var _)) {
            loads.put(
                    batch.table(),
                    "%s: batch %s, %d files, %d rows, %d of them duplicates, %d replayed"
                            .formatted(
                                    clock.instant(),
                                    batch.id(),
                                    batch.files().size(),
                                    rows.staged(),
                                    rows.duplicates(),
                                    rows.replayed()));
        }
        state = new State(!(step instanceof WarehouseStep.NotLeading), "", null, loads);
    }

    void failed(String why) {
        State before = state;
        Instant since = before.failingSince();
        state =
                new State(
                        before.leading(),
                        why,
                        since == null ? clock.instant() : since,
                        before.lastLoads());
    }

    /// @param alive whether the loop runs
    /// @param lockProblem why the leader's lock cannot be reached; empty when it can
    HealthReport report(boolean alive, String lockProblem) {
        State now = state;
        Map<String, String> details = new LinkedHashMap<>();
        details.put("leader", String.valueOf(now.leading()));
        now.lastLoads()
                .forEach((table, load) -> details.put("last load of " + table.tableName(), load));
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
