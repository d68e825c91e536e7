package dev.sluice.loader.quality;

import dev.sluice.loader.quality.Hour.Events;
import dev.sluice.loader.quality.Hour.Presence;
import dev.sluice.loader.warehouse.EventsColumns;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts the rows of `events` and `quarantined_events` that were received in a slot of time.
final class SlotCounts {

    /// Names of types without a contract come from outside; the most frequent ones are kept, of all
    /// others the sum.
    private static final int MOST_UNKNOWN = 100;

    private static final String SLOT =
            " WHERE received_ts >= CAST(? AS TIMESTAMP) AND received_ts < CAST(? AS TIMESTAMP)";

    private static final String TYPES =
            "SELECT tenant_id, source_id, event_type, schema_version, COUNT(*), 0 FROM events"
                    + SLOT
                    + " GROUP BY 1, 2, 3, 4 UNION ALL SELECT NVL(tenant_id, ''), NVL(source_id, ''),"
                    + " NVL(LEFT(event_type, 64), ''), NVL(SPLIT_PART(contract, '/', 2), ''), 0,"
                    + " COUNT(*) FROM quarantined_events"
                    + SLOT
                    + " GROUP BY 1, 2, 3, 4";

    private final Connection connection;
    private final KnownTypes known;

    SlotCounts(Connection connection, KnownTypes known) {
        this.connection = connection;
        this.known = known;
    }

    Hour count(Instant from, Instant until) throws SQLException {
        return new Hour(types(from, until), fields(from, until));
    }

    private Map<TypeKey, Events> types(Instant from, Instant until) throws SQLException {
        Map<TypeKey, Events> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            bind(statement, 1, from, until);
            bind(statement, 3, from, until);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    TypeKey key =
                            new TypeKey(
                                    result.getString(1),
                                    result.getString(2),
                                    result.getString(3),
                                    result.getString(4));
                    counts.merge(
                            key, new Events(result.getLong(5), result.getLong(6)), Events::plus);
                }
            }
        }
        return bounded(counts);
    }

    private Map<TypeKey, Events> bounded(Map<TypeKey, Events> counts) {
        List<Map.Entry<TypeKey, Events>> rare =
                counts.entrySet().stream()
                        .filter(type -> !known.has(type.getKey().typeOfTenant()))
                        .sorted(Comparator.comparingLong(type -> -type.getValue().all()))
                        .skip(MOST_UNKNOWN)
                        .toList();
        for (Map.Entry<TypeKey, Events> type : rare) {
            counts.remove(type.getKey());
            counts.merge(type.getKey().ofSource(), type.getValue(), Events::plus);
        }
        return counts;
    }

    private Map<FieldKey, Presence> fields(Instant from, Instant until) throws SQLException {
        Set<String> present = EventsColumns.present(connection);
        List<String> fields = known.fields().stream().filter(present::contains).toList();
        StringBuilder sql = new StringBuilder("SELECT tenant_id, event_type, COUNT(*)");
        fields.forEach(field -> sql.append(", COUNT(").append(field).append(')'));
        sql.append(" FROM events").append(SLOT).append(" GROUP BY 1, 2");
        Map<FieldKey, Presence> counts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            bind(statement, 1, from, until);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    fields(result, fields, counts);
                }
            }
        }
        return counts;
    }

    private void fields(ResultSet row, List<String> fields, Map<FieldKey, Presence> counts)
            throws SQLException {
        TypeOfTenant type = new TypeOfTenant(row.getString(1), row.getString(2));
        Set<String> watched = known.fields(type);
        for (int i = 0; i < fields.size(); i++) {
            if (watched.contains(fields.get(i))) {
                counts.put(
                        new FieldKey(type.tenant(), type.eventType(), fields.get(i)),
                        new Presence(row.getLong(3), row.getLong(4 + i)));
            }
        }
    }

    private static void bind(PreparedStatement statement, int first, Instant from, Instant until)
            throws SQLException {
        statement.setString(first, WarehouseTime.text(from));
        statement.setString(first + 1, WarehouseTime.text(until));
    }
}
