package dev.sluice.crash;

import dev.sluice.fleet.FleetEndpoints;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of the warehouse, and those of the Parquet files they came from.
final class Rows implements AutoCloseable {

    private static final String MINUTE = "TO_CHAR(%s, 'YYYY-MM-DD\"T\"HH24:MI')";

    private final Connection warehouse;
    private final Path bucket;

    private Rows(Connection warehouse, Path bucket) {
        this.warehouse = warehouse;
        this.bucket = bucket;
    }

    /// @param data the fleet's folder, in which the bucket is one
    static Rows open(FleetEndpoints fleet, Path data) throws SQLException {
        return new Rows(
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword()),
                data.resolve("s3/buckets").resolve(fleet.bucket()));
    }

    long count() throws SQLException {
        return number("SELECT COUNT(*) FROM events");
    }

    /// The same, without counting.
    long inserted() throws SQLException {
        return number("SELECT NVL(SUM(inserted_rows), 0) FROM load_batches");
    }

    /// Files loaded so far.
    long files() throws SQLException {
        return number("SELECT COUNT(*) FROM load_ledger");
    }

    /// Copies that the MERGE recognised.
    long duplicates() throws SQLException {
        return number("SELECT NVL(SUM(duplicate_rows), 0) FROM load_batches");
    }

    /// How far the books are from balance, over all minutes.
    long imbalance() throws SQLException {
        return number("SELECT NVL(SUM(ABS(difference)), 0) FROM pipeline_books");
    }

    /// What the books say.
    List<BooksAudit.Minute> books() throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT "
                                        + MINUTE.formatted("minute_ts")
                                        + ", accepted, loaded, quarantined, duplicates, suppressed,"
                                        + " difference FROM pipeline_books ORDER BY minute_ts")) {
            List<BooksAudit.Minute> minutes = new ArrayList<>();
            while (result.next()) {
                minutes.add(
                        new BooksAudit.Minute(
                                result.getString(1),
                                result.getLong(2),
                                result.getLong(3),
                                result.getLong(4),
                                result.getLong(5),
                                result.getLong(6),
                                result.getLong(7)));
            }
            return minutes;
        }
    }

    /// Rows by minute of receipt, counted.
    Map<String, Long> byMinute() throws SQLException {
        Map<String, Long> minutes = new HashMap<>();
        counts(
                        warehouse,
                        "SELECT "
                                + MINUTE.formatted("received_ts")
                                + ", COUNT(*) FROM events GROUP BY 1")
                .forEach((minute, count) -> minutes.put(minute, (long) count));
        return minutes;
    }

    /// How many rows each event has in the warehouse, by event id.
    Map<String, Integer> loaded() throws SQLException {
        return counts(warehouse, "SELECT event_id, COUNT(*) FROM events GROUP BY 1");
    }

    /// The same in the Parquet files, through a reader that shares no code with the warehouse.
    Map<String, Integer> curated() throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            return counts(
                    duck,
                    "SELECT event_id, COUNT(*) FROM read_parquet('"
                            + bucket.resolve("curated/events").toAbsolutePath()
                            + "/**/*.parquet', union_by_name = true) GROUP BY 1");
        }
    }

    /// What became of the rows in the files of a replay.
    ///
    /// @param restated rows of events that had one
    /// @param others added, or recognised as copies
    record Replayed(long restated, long others) {}

    Replayed replayed(String replay) throws SQLException {
        String batches =
                " FROM load_batches WHERE batch_id IN (SELECT batch_id FROM load_ledger WHERE file_name"
                        + " LIKE '%replayed/events/"
                        + replay
                        + "/%')";
        return new Replayed(
                number("SELECT NVL(SUM(replayed_rows), 0)" + batches),
                number("SELECT NVL(SUM(inserted_rows + duplicate_rows), 0)" + batches));
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
    }

    private long number(String query) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static Map<String, Integer> counts(Connection connection, String query)
            throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                counts.put(result.getString(1), result.getInt(2));
            }
        }
        return counts;
    }
}
