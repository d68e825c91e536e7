package dev.sluice.day;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.upkeep.LoadLatency;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows of `events` that were received in a time, by column.
final class DayTable implements AutoCloseable {

    private final Connection warehouse;
    private final String received;

    private DayTable(Connection warehouse, String received) {
        this.warehouse = warehouse;
        this.received = received;
    }

    static DayTable of(FleetEndpoints fleet, Instant from, Instant to) throws SQLException {
        return new DayTable(
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword()),
                "received_ts >= %s AND received_ts < %s".formatted(time(from), time(to)));
    }

    /// A column of all rows.
    ///
    /// @param checksum a sum over the rows of a hash of its text and the event's id, so that the
    ///     order of rows does not count, and what stands in which row does; 0 if it is empty
    /// @param filled rows that have a value
    record Column(BigDecimal checksum, long filled) {

        /// Of a column that is not there.
        static final Column NONE = new Column(BigDecimal.ZERO, 0);
    }

    long rows() throws SQLException {
        return number("SELECT COUNT(*) FROM events WHERE " + received);
    }

    /// Rows beyond one for each event.
    long surplus() throws SQLException {
        return number(
                "SELECT COUNT(*) - COUNT(DISTINCT tenant_id || '/' || event_id) FROM events WHERE "
                        + received);
    }

    /// By name.
    Map<String, Column> columns() throws SQLException {
        List<String> names = names();
        StringBuilder sums = new StringBuilder();
        for (String name : names) {
            sums.append(sums.isEmpty() ? "" : ", ")
                    .append(
                            "SUM(hashtextextended(CAST(%1$s AS text), row_key)), COUNT(%1$s)"
                                    .formatted(name));
        }
        String query =
                "SELECT "
                        + sums
                        + " FROM (SELECT *, hashtextextended(tenant_id || '/' || event_id, 0) AS"
                        + " row_key FROM events WHERE "
                        + received
                        + ") AS rows_of_the_time";
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            Map<String, Column> columns = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                BigDecimal sum = result.getBigDecimal(2 * i + 1);
                columns.put(
                        names.get(i),
                        new Column(sum == null ? BigDecimal.ZERO : sum, result.getLong(2 * i + 2)));
            }
            return columns;
        }
    }

    /// How fresh the events are that were loaded since a moment for the first time.
    LoadLatency.Measured latency(Instant since) throws SQLException {
        return LoadLatency.measure(warehouse, since);
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
    }

    private List<String> names() throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT column_name FROM information_schema.columns WHERE"
                                        + " table_name = 'events' AND table_schema ="
                                        + " current_schema() ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (result.next()) {
                names.add(result.getString(1));
            }
            return names;
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String time(Instant at) {
        return "CAST('" + WarehouseTime.text(at) + "' AS TIMESTAMP)";
    }
}
