package dev.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Rows on their way into `events`.
final class StagedEvents implements StagedRows {

    private final Sql sql;
    private final EventsStatements events;
    private final ReceiptStatements receipts = new ReceiptStatements();

    StagedEvents(Connection connection, EventsStatements events) {
        this.sql = new Sql(connection);
        this.events = events;
    }

    @Override
    public long copy(String manifestUri, String iamRole) throws SQLException {
        sql.execute(events.staging().create());
        sql.execute(events.staging().copy(manifestUri, iamRole));
        return sql.number(events.staging().count());
    }

    /// Leaves each event in staging once.
    @Override
    public LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt)
            throws SQLException {
        sql.execute(ReleaseStatements.findMended());
        LoadOutcome.Loaded counts = countCopies(batchId, staged, loadedAt);
        if (sql.number(ReleaseStatements.count(ReleaseStatements.MENDED)) > 0) {
            sql.execute(
                    ReleaseStatements.add(ReleaseStatements.MENDED, "loaded"),
                    WarehouseTime.text(loadedAt));
            sql.execute(ReleaseStatements.remove(ReleaseStatements.MENDED, "quarantined_events"));
        }
        sql.execute(ReleaseStatements.drop(ReleaseStatements.MENDED));
        return counts;
    }

    private LoadOutcome.Loaded countCopies(String batchId, long staged, Instant loadedAt)
            throws SQLException {
        sql.execute(receipts.findSurvivors());
        if (sql.number(receipts.countSurvivors()) == 0) {
            sql.execute(receipts.addCountsOfNew(), batchId);
            sql.execute(receipts.dropSurvivors());
            return new LoadOutcome.Loaded(staged, staged, 0, 0);
        }
        sql.execute(receipts.findDuplicates());
        long duplicates = sql.number(receipts.countDuplicates());
        sql.execute(receipts.recordDuplicates(), WarehouseTime.text(loadedAt));
        sql.execute(receipts.unstageDuplicates());
        keepOneOfReplays();
        long inserted = sql.number(receipts.countNew());
        sql.execute(receipts.addCounts(), batchId);
        sql.execute(receipts.dropDuplicates());
        sql.execute(receipts.dropSurvivors());
        return new LoadOutcome.Loaded(staged, inserted, duplicates, staged - inserted - duplicates);
    }

    /// A replay says whose an event was when it was received; what is merged is whose it is now.
    @Override
    public void merge(Instant loadedAt) throws SQLException {
        sql.execute(PersonStatements.findStaged());
        if (sql.number(PersonStatements.countStaged()) > 0) {
            sql.execute(PersonStatements.restateStaged());
        }
        sql.execute(PersonStatements.dropStaged());
        sql.execute(events.merge(), WarehouseTime.text(loadedAt));
    }

    @Override
    public void drop() throws SQLException {
        sql.execute(events.staging().drop());
    }

    private void keepOneOfReplays() throws SQLException {
        sql.execute(events.findReplayed());
        if (sql.number(events.countReplayed()) > 0) {
            for (String step : events.keepLatestReplays()) {
                sql.execute(step);
            }
        }
        sql.execute(events.dropReplayed());
    }
}
