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
    private static final String UNIQUE = "events_unique";

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

    /// One copy of each event: the one received first.
    String keepOneCopy() {
        String names = names();
        return ("CREATE TEMP TABLE %s AS SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (PARTITION BY"
                        + " tenant_id, event_id ORDER BY received_ts, enriched_ts) AS copy_number"
                        + " FROM %s) AS copies WHERE copy_number = 1")
                .formatted(UNIQUE, names, names, STAGING);
    }

    /// Staged events that `events` does not have.
    String countNew() {
        return ("SELECT COUNT(*) FROM %s AS u LEFT JOIN events AS e ON e.tenant_id = u.tenant_id AND"
                        + " e.event_id = u.event_id WHERE e.event_id IS NULL")
                .formatted(UNIQUE);
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
                .formatted(UNIQUE, updates, names(), values);
    }

    List<String> dropStaging() {
        return List.of("DROP TABLE " + UNIQUE, "DROP TABLE " + STAGING);
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
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
