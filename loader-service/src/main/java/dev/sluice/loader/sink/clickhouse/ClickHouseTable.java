package dev.sluice.loader.sink.clickhouse;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.sink.SinkErasure;
import dev.sluice.loader.sink.SinkRow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The table of events in ClickHouse: its statements, and its rows as bytes. Besides the columns of
/// the warehouse's it has the day of the event, by which it is ordered and divided into months, and
/// a version; of rows with the same tenant, day and event id the one with the greatest version
/// stays.
///
/// @param database and name are plain identifiers
public record ClickHouseTable(String database, String name) {

    private static final String DAY = "event_date";
    private static final String VERSION = "_version";

    /// Tokens that the table remembers; so many inserts back a repeated one is recognised.
    private static final int TOKENS = 1000;

    private static final int BYTES_OF_A_ROW = 1024;

    /// A `Date` is a number of 16 bits.
    private static final int LAST_DAY = 0xffff;

    String create(FileLayout layout) {
        String columns =
                columns(layout).stream()
                        .map(ClickHouseColumn::declaration)
                        .collect(Collectors.joining(", "));
        return ("CREATE TABLE IF NOT EXISTS %s (`%s` Date, %s, `%s` UInt64) ENGINE ="
                        + " ReplacingMergeTree(`%s`) PARTITION BY toYYYYMM(`%s`) ORDER BY"
                        + " (tenant_id, `%s`, event_id) SETTINGS"
                        + " non_replicated_deduplication_window = %d")
                .formatted(this, DAY, columns, VERSION, VERSION, DAY, DAY, TOKENS);
    }

    String describe() {
        return "SELECT name, type FROM system.columns WHERE database = '%s' AND table = '%s' FORMAT TSVRaw"
                .formatted(database, name);
    }

    /// Adds a column that contracts have brought.
    String add(ClickHouseColumn column) {
        return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s".formatted(this, column.declaration());
    }

    String insert(FileLayout layout) {
        String names =
                layout.columns().stream()
                        .map(column -> "`" + column.name() + "`")
                        .collect(Collectors.joining(", "));
        return "INSERT INTO %s (`%s`, %s, `%s`) FORMAT RowBinary"
                .formatted(this, DAY, names, VERSION);
    }

    /// What an insert of these rows, all of one layout, sends.
    byte[] encode(FileLayout layout, List<SinkRow> rows) {
        List<ClickHouseColumn> columns = columns(layout);
        RowBinary out = new RowBinary(rows.size() * BYTES_OF_A_ROW);
        for (SinkRow row : rows) {
            out.int16((int) day(row));
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).write(out, row.row().values()[i]);
            }
            out.int64(row.version());
        }
        return out.toByteArray();
    }

    /// Whether the day of the event is one that the table can hold.
    static boolean holds(SinkRow row) {
        return day(row) >= 0 && day(row) <= LAST_DAY;
    }

    String erase(SinkErasure erasure) {
        Map<String, String> ids =
                erasure.ids().stream()
                        .collect(
                                Collectors.groupingBy(
                                        id -> id.kind().field(),
                                        Collectors.mapping(
                                                id -> quoted(id.value()),
                                                Collectors.joining(", "))));
        String persons =
                ids.entrySet().stream()
                        .map(kind -> kind.getKey() + " IN (" + kind.getValue() + ")")
                        .sorted()
                        .collect(Collectors.joining(" OR "));
        return "ALTER TABLE %s DELETE WHERE tenant_id = %s AND toUnixTimestamp64Micro(received_ts) < %d AND (%s)"
                .formatted(
                        this,
                        quoted(erasure.tenant().value()),
                        ChronoUnit.MICROS.between(Instant.EPOCH, erasure.receivedBefore()),
                        persons);
    }

    @Override
    public String toString() {
        return "`" + database + "`.`" + name + "`";
    }

    static List<ClickHouseColumn> columns(FileLayout layout) {
        return layout.columns().stream().map(ClickHouseColumn::of).toList();
    }

    private static long day(SinkRow row) {
        return Math.floorDiv(row.row().eventMicros(), TimeUnit.DAYS.toMicros(1));
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
