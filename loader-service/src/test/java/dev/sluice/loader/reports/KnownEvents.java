package dev.sluice.loader.reports;

import dev.sluice.loader.warehouse.LocalWarehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/// Rows put straight into the tables, so that the truth about them is known.
public final class KnownEvents {

    private final LocalWarehouse local;
    private int events;

    public KnownEvents(LocalWarehouse local) {
        this.local = local;
    }

    /// An event of the tenant `acme`.
    ///
    /// @param at when it happened and was received: `2026-11-20 10:00:00`
    /// @param columns name and literal, in turn
    public void add(String at, String type, String... columns) throws SQLException {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner values = new StringJoiner(", ");
        for (int i = 0; i < columns.length; i += 2) {
            names.add(columns[i]);
            values.add(columns[i + 1]);
        }
        String separator = columns.length == 0 ? "" : ", ";
        execute(
                ("INSERT INTO events (event_id, tenant_id, source_id, schema_version, received_ts,"
                                + " event_ts, event_type%1$s%2$s) SELECT 'k%3$d', 'acme', 'web',"
                                + " '1-0-0', CAST('%4$s' AS TIMESTAMP), CAST('%4$s' AS TIMESTAMP),"
                                + " '%5$s'%1$s%6$s")
                        .formatted(separator, names, events++, at, type, values));
    }

    /// A session of the tenant `acme` that came through this channel.
    public void addSession(String id, String startedAt, String channel) throws SQLException {
        execute(
                ("INSERT INTO sessions (tenant_id, session_id, revision, session_index, started_at,"
                                + " ended_at, duration_seconds, events, pages, conversions, is_bounce,"
                                + " is_bot, is_closed, channel, loaded_ts) SELECT 'acme', '%1$s', 1, 1,"
                                + " CAST('%2$s' AS TIMESTAMP), CAST('%2$s' AS TIMESTAMP), 1, 1, 1, 0,"
                                + " FALSE, FALSE, TRUE, '%3$s', CAST('%2$s' AS TIMESTAMP)")
                        .formatted(id, startedAt, channel));
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
