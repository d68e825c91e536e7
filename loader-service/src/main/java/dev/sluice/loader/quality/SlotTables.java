package dev.sluice.loader.quality;

import dev.sluice.loader.quality.Hour.Events;
import dev.sluice.loader.quality.Hour.Presence;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was counted, slot by slot: `quality_slots`, `quality_types` and `quality_fields`.
final class SlotTables {

    /// Rows of one INSERT.
    private static final int ROWS = 500;

    private static final List<String> TABLES =
            List.of("quality_types", "quality_fields", "quality_slots");

    /// Slots of the same time of day fall on one date when the window's begin is midnight.
    private static final String DAY = "DATE_TRUNC('day', DATEADD(second, ?, slot_ts))";

    private final Connection connection;

    SlotTables(Connection connection) {
        this.connection = connection;
    }

    /// The slots from a moment on that need no count: they were counted after the last load that
    /// may have brought events of theirs.
    Set<Instant> counted(Instant from) throws SQLException {
        String sql =
                "SELECT slot_ts FROM quality_slots WHERE slot_ts >= CAST(? AS TIMESTAMP) AND NOT"
                        + " EXISTS (SELECT 1 FROM load_batches WHERE loaded_ts >= counted_ts AND"
                        + " max_received_ts >= slot_ts AND min_received_ts < DATEADD(second, "
                        + Slots.LENGTH.toSeconds()
                        + ", slot_ts))";
        Set<Instant> slots = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, WarehouseTime.text(from));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    slots.add(WarehouseTime.of(result.getString(1)));
                }
            }
        }
        return slots;
    }

    /// Whether a load may have brought events of a slot; reads the ledger and not the events.
    boolean loaded(Instant slot) throws SQLException {
        String sql =
                "SELECT COUNT(*) FROM load_batches WHERE max_received_ts >= CAST(? AS TIMESTAMP)"
                        + " AND min_received_ts < CAST(? AS TIMESTAMP)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, WarehouseTime.text(slot));
            statement.setString(2, WarehouseTime.text(slot.plus(Slots.LENGTH)));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1) > 0;
            }
        }
    }

    /// Writes a slot anew, in the caller's transaction.
    ///
    /// @param countedAt when the count began
    void write(Instant slot, Hour counts, Instant countedAt) throws SQLException {
        for (String table : TABLES) {
            delete(table, "=", slot);
        }
        List<List<Object>> types = new ArrayList<>();
        counts.types()
                .forEach(
                        (key, events) ->
                                types.add(
                                        List.of(
                                                WarehouseTime.text(slot),
                                                key.tenant(),
                                                key.source(),
                                                key.eventType(),
                                                key.version(),
                                                events.loaded(),
                                                events.rejected())));
        insert("quality_types", types);
        List<List<Object>> fields = new ArrayList<>();
        counts.fields()
                .forEach(
                        (key, presence) ->
                                fields.add(
                                        List.of(
                                                WarehouseTime.text(slot),
                                                key.tenant(),
                                                key.eventType(),
                                                key.field(),
                                                presence.events(),
                                                presence.present())));
        insert("quality_fields", fields);
        insert(
                "quality_slots",
                List.of(List.of(WarehouseTime.text(slot), WarehouseTime.text(countedAt))));
    }

    /// Deletes slots before a moment.
    void forget(Instant before) throws SQLException {
        for (String table : TABLES) {
            delete(table, "<", before);
        }
    }

    /// The hour that ends at a moment, and the same hour of earlier days.
    ///
    /// @return by how many days ago, today's at 0; days of which no slot was counted are not there
    Map<Integer, Hour> hours(Instant end, int days) throws SQLException {
        Map<Integer, Map<TypeKey, Events>> types = new TreeMap<>();
        read(
                "SELECT "
                        + DAY
                        + ", tenant_id, source_id, event_type, version, SUM(loaded), SUM(rejected)"
                        + " FROM quality_types",
                " GROUP BY 1, 2, 3, 4, 5",
                end,
                days,
                (day, row) ->
                        types.computeIfAbsent(day, _ -> new HashMap<>())
                                .put(
                                        new TypeKey(
                                                row.getString(2),
                                                row.getString(3),
                                                row.getString(4),
                                                row.getString(5)),
                                        new Events(row.getLong(6), row.getLong(7))));
        Map<Integer, Map<FieldKey, Presence>> fields = new HashMap<>();
        read(
                "SELECT "
                        + DAY
                        + ", tenant_id, event_type, field, SUM(events), SUM(present) FROM"
                        + " quality_fields",
                " GROUP BY 1, 2, 3, 4",
                end,
                days,
                (day, row) ->
                        fields.computeIfAbsent(day, _ -> new HashMap<>())
                                .put(
                                        new FieldKey(
                                                row.getString(2),
                                                row.getString(3),
                                                row.getString(4)),
                                        new Presence(row.getLong(5), row.getLong(6))));
        Map<Integer, Hour> hours = new TreeMap<>();
        types.forEach(
                (day, counts) ->
                        hours.put(day, new Hour(counts, fields.getOrDefault(day, Map.of()))));
        return hours;
    }

    /// When events of each type were first counted.
    Map<TypeOfTenant, Instant> firstSeen() throws SQLException {
        Map<TypeOfTenant, Instant> first = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT tenant_id, event_type, MIN(slot_ts) FROM quality_types"
                                        + " GROUP BY 1, 2");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                first.put(
                        new TypeOfTenant(result.getString(1), result.getString(2)),
                        WarehouseTime.of(result.getString(3)));
            }
        }
        return first;
    }

    private interface RowOfDay {
        void take(int daysAgo, ResultSet row) throws SQLException;
    }

    private void read(String select, String group, Instant end, int days, RowOfDay taker)
            throws SQLException {
        Instant start = end.minus(Slots.WINDOW);
        List<String> windows =
                Collections.nCopies(
                        days + 1,
                        "(slot_ts >= CAST(? AS TIMESTAMP) AND slot_ts < CAST(? AS TIMESTAMP))");
        try (PreparedStatement statement =
                connection.prepareStatement(
                        select + " WHERE " + String.join(" OR ", windows) + group)) {
            long ofDay = start.getEpochSecond() % Duration.ofDays(1).toSeconds();
            statement.setLong(1, -ofDay);
            int at = 2;
            for (int day = 0; day <= days; day++) {
                Duration ago = Duration.ofDays(day);
                statement.setString(at++, WarehouseTime.text(start.minus(ago)));
                statement.setString(at++, WarehouseTime.text(end.minus(ago)));
            }
            Instant today = start.minusSeconds(ofDay);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Instant day = WarehouseTime.of(result.getString(1));
                    taker.take((int) Duration.between(day, today).toDays(), result);
                }
            }
        }
    }

    private void delete(String table, String comparison, Instant slot) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM %s WHERE slot_ts %s CAST(? AS TIMESTAMP)"
                                .formatted(table, comparison))) {
            statement.setString(1, WarehouseTime.text(slot));
            statement.executeUpdate();
        }
    }

    private void insert(String table, List<List<Object>> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<List<Object>> some = rows.subList(from, Math.min(rows.size(), from + ROWS));
            String row = "(CAST(? AS TIMESTAMP)" + ", ?".repeat(some.getFirst().size() - 1) + ")";
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "INSERT INTO %s VALUES %s"
                                    .formatted(
                                            table,
                                            String.join(
                                                    ", ",
                                                    Collections.nCopies(some.size(), row))))) {
                int at = 1;
                for (List<Object> values : some) {
                    for (Object value : values) {
                        statement.setObject(at++, value);
                    }
                }
                statement.executeUpdate();
            }
        }
    }
}
