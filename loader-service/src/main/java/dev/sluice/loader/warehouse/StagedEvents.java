package dev.sluice.loader.warehouse;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Rows on their way into `events`. Their copies are looked for among the rows that happened
/// when they did, give or take a margin, so a load costs the same however large the table is.
///
/// No MERGE: its condition is equalities only (Amazon Redshift, "MERGE"), and it would look
/// for each row in the whole table once more. This is the merge of "Performing a merge operation by
/// specifying a column list", with the range on the sort key that it asks for.
final class StagedEvents implements StagedRows {

    private final Sql sql;
    private final EventsStatements events;
    private final List<Duration> margins;
    private final ReceiptStatements receipts = new ReceiptStatements();

    /// In which the rows happened that are restated; null if there are none.
    private @Nullable TimeRange known;

    /// @param margins by how much copies of one event may differ in their time; the next one is
    ///     tried if there are staged events without a copy within the one before
    StagedEvents(Connection connection, EventsStatements events, List<Duration> margins) {
        this.sql = new Sql(connection);
        this.events = events;
        this.margins = margins;
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
        findSurvivors();
        if (sql.number(receipts.countSurvivors()) == 0) {
            sql.execute(receipts.addCountsOfNew(), batchId);
            return new LoadOutcome.Loaded(staged, staged, 0, 0);
        }
        sql.execute(receipts.findDuplicates(staged("received_ts")));
        long duplicates = sql.number(receipts.countDuplicates());
        sql.execute(receipts.recordDuplicates(), WarehouseTime.text(loadedAt));
        sql.execute(receipts.unstageDuplicates());
        keepOneOfReplays();
        long inserted = sql.number(receipts.countNew());
        sql.execute(receipts.addCounts(), batchId);
        sql.execute(receipts.dropDuplicates());
        boolean restates = sql.number(events.staging().count()) > inserted;
        known = restates ? sql.times("event_ts", ReceiptStatements.SURVIVORS) : null;
        return new LoadOutcome.Loaded(staged, inserted, duplicates, staged - inserted - duplicates);
    }

    private void findSurvivors() throws SQLException {
        TimeRange happened = staged("event_ts");
        sql.execute(receipts.findSurvivors(happened.widened(margins.getFirst())));
        for (Duration wider : margins.subList(1, margins.size())) {
            if (sql.number(receipts.countNew()) == 0) {
                return;
            }
            sql.execute(receipts.dropSurvivors());
            sql.execute(receipts.findSurvivors(happened.widened(wider)));
        }
    }

    /// A replay says whose an event was when it was received; what is merged is whose it is now.
    @Override
    public void merge(Instant loadedAt) throws SQLException {
        sql.execute(PersonStatements.findStaged());
        if (sql.number(PersonStatements.countStaged()) > 0) {
            sql.execute(PersonStatements.restateStaged());
        }
        sql.execute(PersonStatements.dropStaged());
        String loaded = WarehouseTime.text(loadedAt);
        if (known == null) {
            sql.execute(events.insert(), loaded);
        } else {
            sql.execute(events.restate(known));
            sql.execute(events.insertNew(), loaded);
        }
    }

    @Override
    public void drop() throws SQLException {
        sql.execute(receipts.dropSurvivors());
        sql.execute(events.staging().drop());
    }

    private TimeRange staged(String column) throws SQLException {
        return sql.times(column, EventsStatements.STAGING);
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
