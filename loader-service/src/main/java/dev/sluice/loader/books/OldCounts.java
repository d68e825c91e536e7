package dev.sluice.loader.books;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

/// The rows of the books, and of the quarantine, whose time is over. Of each table the oldest day
/// that has some goes at a time, in a transaction of its own, so that no load waits long for the
/// table: done every hour that is more than comes.
public final class OldCounts {

    private static final Duration AT_A_TIME = Duration.ofDays(1);

    /// By the column that each is sorted by.
    private static final Map<String, String> TABLES = tables();

    private final DataSource warehouse;

    public OldCounts(DataSource warehouse) {
        this.warehouse = warehouse;
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("pipeline_counts", "minute_ts");
        tables.put("load_counts", "minute_ts");
        tables.put("duplicate_receipts", "received_ts");
        tables.put("quarantined_events", "received_ts");
        tables.put("quarantine_releases", "received_ts");
        return tables;
    }

    /// Deletes rows of events that were received before this moment.
    ///
    /// @return how many rows
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse is away
    /// @throws dev.sluice.runtime.failure.SetupFailure if it refuses
    public long delete(Instant before) {
        long deleted = 0;
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            try (Connection connection = warehouse.getConnection()) {
                deleted += delete(connection, table.getKey(), table.getValue(), before);
            } catch (SQLException e) {
                throw SqlFailures.of(table.getKey(), e);
            }
        }
        return deleted;
    }

    private static long delete(Connection connection, String table, String time, Instant before)
            throws SQLException {
        Instant oldest = oldest(connection, table, time);
        if (oldest == null || !oldest.isBefore(before)) {
            return 0;
        }
        Instant day = oldest.plus(AT_A_TIME);
        String sql = "DELETE FROM %s WHERE %s < CAST(? AS TIMESTAMP)".formatted(table, time);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, WarehouseTime.text(day.isBefore(before) ? day : before));
            return statement.executeUpdate();
        }
    }

    private static @Nullable Instant oldest(Connection connection, String table, String time)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT MIN(%s) FROM %s".formatted(time, table))) {
            result.next();
            String oldest = result.getString(1);
            return oldest == null ? null : WarehouseTime.of(oldest);
        }
    }
}
