package dev.sluice.quarantine;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which records of `quarantined_events`; what is null does not matter.
///
/// @param since of receipt
/// @param id of one record
public record QuarantineFilter(
        @Nullable String reason,
        @Nullable String eventType,
        @Nullable String tenant,
        @Nullable String source,
        @Nullable Instant since,
        @Nullable String id) {

    /// The query with ` WHERE` and its parameters in place of `{where}`.
    PreparedStatement prepare(Connection warehouse, String query) throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<String> values = new ArrayList<>();
        add("reason = ?", reason, conditions, values);
        add("event_type = ?", eventType, conditions, values);
        add("tenant_id = ?", tenant, conditions, values);
        add("source_id = ?", source, conditions, values);
        add("quarantine_id = ?", id, conditions, values);
        String from = since == null ? null : since.toString().replace('T', ' ').replace("Z", "");
        add("received_ts >= CAST(? AS TIMESTAMP)", from, conditions, values);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        PreparedStatement statement = warehouse.prepareStatement(query.replace("{where}", where));
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
        return statement;
    }

    private static void add(
            String condition,
            @Nullable String value,
            List<String> conditions,
            List<String> values) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }
}
