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

    private record TextsOf(ByteBuffer parquet, String column) {}

    private static final Map<TextsOf, List<String>> TEXTS = new ConcurrentHashMap<>();

    /// The rows of a file, in their order.
    ///
    /// @throws IllegalArgumentException if it is none
    public static List<StoredRow> read(byte[] parquet) {
        return READ.computeIfAbsent(ByteBuffer.wrap(parquet), _ -> readWithDuck(parquet));
    }

    /// A column of text, row by row.
    ///
    /// @throws IllegalArgumentException if it is no such file
    public static List<String> texts(byte[] parquet, String column) {
        return TEXTS.computeIfAbsent(
                new TextsOf(ByteBuffer.wrap(parquet), column),
                _ -> read(parquet, column, result -> result.getString(1)));
    }

    private static List<StoredRow> readWithDuck(byte[] parquet) {
        return read(
                parquet,
                "tenant_id, event_id, epoch_us(received_ts)",
                result ->
                        new StoredRow(result.getString(1), result.getString(2), result.getLong(3)));
    }

    @FunctionalInterface
    private interface RowReader<T> {

        T read(ResultSet result) throws SQLException;
    }

    private static <T> List<T> read(byte[] parquet, String columns, RowReader<T> reader) {
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try {
                Files.write(file, parquet);
                return query(file, columns, reader);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> query(Path file, String columns, RowReader<T> reader) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT %s FROM read_parquet('%s')".formatted(columns, file))) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalArgumentException("no Parquet file: " + e.getMessage(), e);
        }
    }
}
