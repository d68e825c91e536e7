package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The tables that say what is loaded and who may load: `load_ledger`, `load_batches`,
/// `load_fence`.
final class LedgerStatements {

    private final Connection connection;

    LedgerStatements(Connection connection) {
        this.connection = connection;
    }

    /// Waits for the load transaction that is under way, if there is one, and keeps the next out.
    void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE load_fence");
        }
    }

    long newestFence() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT MAX(token) FROM load_fence")) {
            result.next();
            return result.getLong(1);
        }
    }

    void raiseFence(long token) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE load_fence SET token = ?")) {
            statement.setLong(1, token);
            statement.executeUpdate();
        }
    }

    /// Those of the files that are loaded.
    Set<String> loaded(List<LoadFile> files) throws SQLException {
        String marks = String.join(", ", java.util.Collections.nCopies(files.size(), "?"));
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT file_name FROM load_ledger WHERE file_name IN (" + marks + ")")) {
            for (int i = 0; i < files.size(); i++) {
                statement.setString(i + 1, files.get(i).key());
            }
            Set<String> loaded = new HashSet<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    loaded.add(result.getString(1));
                }
            }
            return loaded;
        }
    }

    /// `load_batches` has the loads of events only: it is by these that books, latency and quality
    /// are reckoned.
    void add(LoadBatch batch, LoadOutcome.Loaded counts, Instant loadedAt) throws SQLException {
        addFiles(batch, loadedAt);
        if (batch.table().holdsEvents()) {
            addBatch(batch, counts, loadedAt);
        }
    }

    private void addBatch(LoadBatch batch, LoadOutcome.Loaded counts, Instant loadedAt)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO load_batches (batch_id, fence, file_count, staged_rows,"
                                + " inserted_rows, duplicate_rows, replayed_rows, min_received_ts,"
                                + " max_received_ts, loaded_ts) VALUES (?, ?, ?, ?, ?, ?, ?,"
                                + " CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP),"
                                + " CAST(? AS TIMESTAMP))")) {
            statement.setString(1, batch.id());
            statement.setLong(2, batch.fence());
            statement.setInt(3, batch.files().size());
            statement.setLong(4, counts.staged());
            statement.setLong(5, counts.inserted());
            statement.setLong(6, counts.duplicates());
            statement.setLong(7, counts.replayed());
            statement.setString(8, WarehouseTime.text(batch.firstReceived()));
            statement.setString(9, WarehouseTime.text(batch.lastReceived()));
            statement.setString(10, WarehouseTime.text(loadedAt));
            statement.executeUpdate();
        }
    }

    /// Notes when the commit of a batch was answered.
    void committed(String batchId, Instant at) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE load_batches SET committed_ts = CAST(? AS"
                                + " TIMESTAMP) WHERE batch_id = ?")) {
            statement.setString(1, WarehouseTime.text(at));
            statement.setString(2, batchId);
            statement.executeUpdate();
        }
    }

    private void addFiles(LoadBatch batch, Instant loadedAt) throws SQLException {
        String rows =
                String.join(
                        ", ",
                        java.util.Collections.nCopies(
                                batch.files().size(), "(?, ?, ?, CAST(? AS TIMESTAMP))"));
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO load_ledger (file_name, batch_id, row_count, loaded_ts) VALUES "
                                + rows)) {
            int at = 1;
            for (LoadFile file : batch.files()) {
                statement.setString(at++, file.key());
                statement.setString(at++, batch.id());
                statement.setLong(at++, file.rows());
                statement.setString(at++, WarehouseTime.text(loadedAt));
            }
            statement.executeUpdate();
        }
    }
}
