package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Where acknowledged events ended, as the warehouse says.
final class Books implements AutoCloseable {

    private final Connection warehouse;

    private Books(Connection warehouse) {
        this.warehouse = warehouse;
    }

    static Books open(FleetEndpoints fleet) throws SQLException {
        Connection warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
        return new Books(warehouse);
    }

    /// The counts as of now.
    Counts read() throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT NVL(SUM(accepted), 0), NVL(SUM(loaded), 0),"
                                        + " NVL(SUM(quarantined), 0), NVL(SUM(duplicates), 0),"
                                        + " NVL(SUM(suppressed), 0) FROM pipeline_books")) {
            result.next();
            return new Counts(
                    result.getLong(1),
                    result.getLong(2),
                    result.getLong(3),
                    result.getLong(4),
                    result.getLong(5));
        }
    }

    /// The ids of the events that are rows, each with how many rows it has.
    Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT event_id, COUNT(*) FROM events GROUP BY 1")) {
            while (result.next()) {
                rows.put(result.getString(1), result.getInt(2));
            }
        }
        return rows;
    }

    /// The ids of the events that the quarantine holds.
    Set<String> quarantinedEvents() throws SQLException {
        Set<String> events = new HashSet<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT DISTINCT event_id FROM quarantined_events WHERE event_id IS"
                                        + " NOT NULL")) {
            while (result.next()) {
                events.add(result.getString(1));
            }
        }
        return events;
    }

    /// Runs one query.
    TableFormat.Rows query(String sql) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return TableFormat.Rows.of(result);
        }
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
    }

    /// Where copies of events ended.
    ///
    /// @param accepted what the line received: copies of events that were answered with 200, and
    ///     those that the door made when a stream's answer came late
    /// @param duplicates recognised by the validator or by the warehouse
    /// @param suppressed dropped because their subject was erased
    record Counts(long accepted, long loaded, long quarantined, long duplicates, long suppressed) {

        long sum() {
            return loaded + quarantined + duplicates + suppressed;
        }

        Counts minus(Counts earlier) {
            return new Counts(
                    accepted - earlier.accepted,
                    loaded - earlier.loaded,
                    quarantined - earlier.quarantined,
                    duplicates - earlier.duplicates,
                    suppressed - earlier.suppressed);
        }
    }
}
