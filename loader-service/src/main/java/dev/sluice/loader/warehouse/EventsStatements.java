package dev.sluice.loader.warehouse;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.contracts.table.EventsTable;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The statements that bring staged rows into `events`.
final class EventsStatements {

    private static final String STAGING = "events_staging";
    private static final String COPIED = "events_copied";
    private static final String FIRST = "events_first_copies";

    /// What the first copy of an event said stays: when it was received and since when it can be
    /// queried. The rest is restated, so that a replay mends what an earlier run got wrong.
    private static final Set<String> FIRST_COPY_DECIDES =
            Set.of("tenant_id", "event_id", "received_ts", "loaded_ts");

    private final List<Column> columns;

    EventsStatements(EventsTable table) {
        columns = table.stagingColumns();
    }

    String createStaging() {
        return "CREATE TEMP TABLE "
                + STAGING
                + " ("
                + columns.stream()
                        .map(
                                column ->
                                        column.name()
                                                + " "
                                                + column.type().stagingSql()
                                                + (column.notNull() ? " NOT NULL" : ""))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    String copy(String manifestUri, String iamRole) {
        String role = iamRole.equals("default") ? "default" : quoted(iamRole);
        return "COPY %s FROM %s IAM_ROLE %s FORMAT AS PARQUET MANIFEST"
                .formatted(STAGING, quoted(manifestUri), role);
    }

    String countStaged() {
        return "SELECT COUNT(*) FROM " + STAGING;
    }

    /// The ids of events that are staged more than once; few, so that the rest of staging is not
    /// written again for their sake.
    String findCopied() {
        return ("CREATE TEMP TABLE %s AS SELECT tenant_id, event_id FROM %s GROUP BY tenant_id,"
                        + " event_id HAVING COUNT(*) > 1")
                .formatted(COPIED, STAGING);
    }

    String countCopied() {
        return "SELECT COUNT(*) FROM " + COPIED;
    }

    /// Leaves one copy of each copied event in staging: the one received first.
    List<String> keepFirstCopies() {
        String names = names("");
        return List.of(
                ("CREATE TEMP TABLE %s AS SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (PARTITION BY"
                                + " s.tenant_id, s.event_id ORDER BY s.received_ts, s.enriched_ts) AS"
                                + " copy_number FROM %s AS s JOIN %s AS c ON c.tenant_id = s.tenant_id"
                                + " AND c.event_id = s.event_id) AS copies WHERE copy_number = 1")
                        .formatted(FIRST, names, names("s."), STAGING, COPIED),
                "DELETE FROM %s USING %s WHERE %s.tenant_id = %s.tenant_id AND %s.event_id = %s.event_id"
                        .formatted(STAGING, COPIED, STAGING, COPIED, STAGING, COPIED),
                "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(STAGING, names, names, FIRST),
                "DROP TABLE " + FIRST);
    }

    /// Staged events that `events` does not have.
    String countNew() {
        return ("SELECT COUNT(*) FROM %s AS s LEFT JOIN events AS e ON e.tenant_id = s.tenant_id AND"
                        + " e.event_id = s.event_id WHERE e.event_id IS NULL")
                .formatted(STAGING);
    }

    /// Parameter 1 is `loaded_ts` of the rows it inserts.
    String merge() {
        String updates =
                columns.stream()
                        .filter(column -> !FIRST_COPY_DECIDES.contains(column.name()))
                        .map(column -> column.name() + " = " + value(column))
                        .collect(Collectors.joining(", "));
        String values =
                columns.stream().map(EventsStatements::value).collect(Collectors.joining(", "));
        return ("MERGE INTO events USING %s AS s ON events.tenant_id = s.tenant_id AND"
                        + " events.event_id = s.event_id WHEN MATCHED THEN UPDATE SET %s WHEN NOT"
                        + " MATCHED THEN INSERT (%s, loaded_ts) VALUES (%s, CAST(? AS TIMESTAMP))")
                .formatted(STAGING, updates, names(""), values);
    }

    List<String> dropStaging() {
        return List.of("DROP TABLE " + COPIED, "DROP TABLE " + STAGING);
    }

    private String names(String prefix) {
        return columns.stream()
                .map(column -> prefix + column.name())
                .collect(Collectors.joining(", "));
    }

    private static String value(Column column) {
        return column.type() instanceof ColumnType.Super
                ? "JSON_PARSE(s." + column.name() + ")"
                : "s." + column.name();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
