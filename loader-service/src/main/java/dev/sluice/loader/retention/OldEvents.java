package dev.sluice.loader.retention;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.sql.DataSource;

/// Deletes rows of a table by the time it is sorted by: the oldest hour that has some, in one
/// transaction, between two loads.
final class OldEvents {

    private static final Duration HOUR = Duration.ofHours(1);

    private final DataSource warehouse;
    private final String table;
    private final String time;

    /// @param time the column by which the table is sorted
    OldEvents(DataSource warehouse, String table, String time) {
        this.warehouse = warehouse;
        this.table = table;
        this.time = time;
    }

    String table() {
        return table;
    }

    /// Deletes the oldest hour's rows that are older than this.
    ///
    /// @return how many; 0 when there are none
    long deleteHour(Instant before) {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            Instant oldest = oldest(statement);
            if (oldest == null || !oldest.isBefore(before)) {
                return 0;
            }
            Instant end = oldest.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE load_fence");
            long deleted =
                    statement.executeUpdate(
                            "DELETE FROM %s WHERE %s < CAST('%s' AS TIMESTAMP)"
                                    .formatted(
                                            table,
                                            time,
                                            WarehouseTime.text(
                                                    end.isBefore(before) ? end : before)));
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            throw SqlFailures.of(table, e);
        }
    }

    private @Nullable Instant oldest(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT MIN(%s) FROM %s".formatted(time, table))) {
            result.next();
            String oldest = result.getString(1);
            return oldest == null ? null : WarehouseTime.of(oldest);
        }
    }
}
