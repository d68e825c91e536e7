package dev.sluice.loader.warehouse;

import dev.sluice.loader.layout.FileLayout;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The statements that bring staged rows into `events`.
final class EventsStatements {

    static final String STAGING = "events_staging";
    private static final String REPLAYED = "events_replayed";
    private static final String LATEST = "events_latest_replays";

    /// What a row said first stays: which event it is, when that was received and since when it can
    /// be queried. The rest is restated, so that a replay mends what an earlier run got wrong.
    static final Set<String> ROW_KEEPS =
            Set.of("tenant_id", "event_id", "received_ts", "loaded_ts");

    private final StagingTable staging;

    EventsStatements(FileLayout layout) {
        staging = new StagingTable(STAGING, layout.columns());
    }

    StagingTable staging() {
        return staging;
    }

    /// The ids of events that are staged more than once, when no duplicate receipts are staged any
    /// more; few, so that the rest of staging is not written again for their sake.
    String findReplayed() {
        return ("CREATE TEMP TABLE %s AS SELECT tenant_id, event_id FROM %s GROUP BY tenant_id,"
                        + " event_id HAVING COUNT(*) > 1")
                .formatted(REPLAYED, STAGING);
    }

    String countReplayed() {
        return "SELECT COUNT(*) FROM " + REPLAYED;
    }

    /// Leaves one of an event's replays in staging: the one enriched last.
    List<String> keepLatestReplays() {
        String names = staging.names("");
        return List.of(
                ("CREATE TEMP TABLE %s AS SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (PARTITION BY"
                                + " s.tenant_id, s.event_id ORDER BY s.enriched_ts DESC NULLS LAST)"
                                + " AS replay FROM %s AS s JOIN %s AS r ON r.tenant_id = s.tenant_id"
                                + " AND r.event_id = s.event_id) AS replays WHERE replay = 1")
                        .formatted(LATEST, names, staging.names("s."), STAGING, REPLAYED),
                "DELETE FROM %1$s USING %2$s WHERE %1$s.tenant_id = %2$s.tenant_id AND %1$s.event_id = %2$s.event_id"
                        .formatted(STAGING, REPLAYED),
                "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(STAGING, names, names, LATEST),
                "DROP TABLE " + LATEST);
    }

    String dropReplayed() {
        return "DROP TABLE " + REPLAYED;
    }

    /// Restates the rows of `events` whose replays are staged.
    ///
    /// @param times in which those rows happened
    String restate(TimeRange times) {
        String updates =
                staging.columns().stream()
                        .filter(column -> !ROW_KEEPS.contains(column.name()))
                        .map(column -> column.name() + " = " + StagingTable.value(column))
                        .collect(Collectors.joining(", "));
        return ("UPDATE events SET %s FROM %s AS s WHERE events.tenant_id = s.tenant_id AND"
                        + " events.event_id = s.event_id AND %s")
                .formatted(updates, STAGING, times.holds("events.event_ts"));
    }

    /// Inserts all that is staged. Parameter 1 is `loaded_ts`.
    String insert() {
        return insert(" FROM %s AS s".formatted(STAGING));
    }

    /// Inserts what is staged and not in `events`. Parameter 1 is `loaded_ts`.
    String insertNew() {
        return insert(ReceiptStatements.fromNew());
    }

    private String insert(String from) {
        return "INSERT INTO events (%s, loaded_ts) SELECT %s, CAST(? AS TIMESTAMP)%s"
                .formatted(staging.names(""), staging.values(), from);
    }
}
