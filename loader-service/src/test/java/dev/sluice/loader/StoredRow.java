package dev.sluice.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What tells a row of a Parquet file from others, as DuckDB reads it.
///
/// @param receivedMicros time of receipt, microseconds since 1970
public record StoredRow(String tenant, String eventId, long receivedMicros) {

    /// Crash tests read the same files again and again.
    private static final Map<ByteBuffer, List<StoredRow>> READ = new ConcurrentHashMap<>();

    /// The rows of a file, in their order.
    ///
    /// @throws IllegalArgumentException if it is none
    public static List<StoredRow> read(byte[] parquet) {
        return READ.computeIfAbsent(ByteBuffer.wrap(parquet), _ -> readWithDuck(parquet));
    }

    private static List<StoredRow> readWithDuck(byte[] parquet) {
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try {
                Files.write(file, parquet);
                return query(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<StoredRow> query(Path file) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT tenant_id, event_id, epoch_us(received_ts) FROM"
                                        + " read_parquet('%s')".formatted(file))) {
            List<StoredRow> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(
                        new StoredRow(result.getString(1), result.getString(2), result.getLong(3)));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalArgumentException("no Parquet file: " + e.getMessage(), e);
        }
    }
}
