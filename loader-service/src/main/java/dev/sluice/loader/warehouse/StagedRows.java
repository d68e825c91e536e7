package dev.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/// The rows of one load transaction on their way into `events`: copied, counted, merged, dropped,
/// in this order. Temporary tables that a rollback leaves to nobody.
final class StagedRows {

    private final Connection connection;
    private final EventsStatements events;
    private final ReceiptStatements receipts = new ReceiptStatements();

    StagedRows(Connection connection, EventsStatements events) {
        this.connection = connection;
        this.events = events;
    }

    /// Copies the files of a manifest.
    ///
    /// @return how many rows they hold
    long copy(String manifestUri, String iamRole) throws SQLException {
        execute(events.createStaging());
        execute(events.copy(manifestUri, iamRole));
        return count(events.countStaged());
    }

    /// Tells new rows from replays and duplicates and notes the counts. Leaves in staging what is
    /// to be merged: each event once.
    LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt) throws SQLException {
        execute(receipts.findSurvivors());
        if (count(receipts.countSurvivors()) == 0) {
            execute(receipts.addCountsOfNew(), batchId);
            execute(receipts.dropSurvivors());
            return new LoadOutcome.Loaded(staged, staged, 0, 0);
        }
        execute(receipts.findDuplicates());
        long duplicates = count(receipts.countDuplicates());
        execute(receipts.recordDuplicates(), WarehouseTime.text(loadedAt));
        execute(receipts.unstageDuplicates());
        keepOneOfReplays();
        long inserted = count(receipts.countNew());
        execute(receipts.addCounts(), batchId);
        execute(receipts.dropDuplicates());
        execute(receipts.dropSurvivors());
        return new LoadOutcome.Loaded(staged, inserted, duplicates, staged - inserted - duplicates);
    }

    void merge(Instant loadedAt) throws SQLException {
        execute(events.merge(), WarehouseTime.text(loadedAt));
    }

    void drop() throws SQLException {
        execute(events.dropStaging());
    }

    private void keepOneOfReplays() throws SQLException {
        execute(events.findReplayed());
        if (count(events.countReplayed()) > 0) {
            for (String step : events.keepLatestReplays()) {
                execute(step);
            }
        }
        execute(events.dropReplayed());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
