package dev.sluice.loader.warehouse;

import static dev.sluice.loader.warehouse.ReleaseStatements.KNOWN;
import static dev.sluice.loader.warehouse.ReleaseStatements.REPEATED;
import static dev.sluice.loader.warehouse.ReleaseStatements.SUPERSEDED;
import static dev.sluice.loader.warehouse.ReleaseStatements.SUPPRESSED;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.quarantine.QuarantineRows;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Rows on their way into `quarantined_events`. A record is known by its id; one that is there, or
/// was, changes nothing. One whose event was sent again and refused again takes the place of the
/// one before, in the table or in the batch. One of a person who was erased is counted and left
/// out.
final class StagedRefusals implements StagedRows {

    static final String STAGING = "quarantined_staging";

    private final Sql sql;
    private final StagingTable staging;

    StagedRefusals(Connection connection, FileLayout layout) {
        sql = new Sql(connection);
        staging = new StagingTable(STAGING, layout.columns());
    }

    @Override
    public long copy(String manifestUri, String iamRole) throws SQLException {
        return staging.fill(sql, manifestUri, iamRole);
    }

    @Override
    public LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt)
            throws SQLException {
        TimeRange received = sql.times("received_ts", STAGING);
        sql.execute(ReleaseStatements.remove("quarantined_events", STAGING));
        sql.execute(ReleaseStatements.remove("quarantine_releases", STAGING));
        sql.execute(ReleaseStatements.findSuppressed());
        sql.execute(ReleaseStatements.removeContent());
        sql.execute(ReleaseStatements.findSuperseded());
        sql.execute(ReleaseStatements.findKnown(received));
        sql.execute(ReleaseStatements.findRepeated());
        long inserted =
                sql.number("SELECT COUNT(DISTINCT quarantine_id) FROM %s".formatted(STAGING));
        sql.execute(addCounts(), batchId);
        release(SUPPRESSED, "suppressed", STAGING, loadedAt);
        release(SUPERSEDED, "refused_again", "quarantined_events", loadedAt);
        release(REPEATED, "refused_again", STAGING, loadedAt);
        release(KNOWN, "loaded", STAGING, loadedAt);
        return new LoadOutcome.Loaded(staged, inserted, 0, staged - inserted);
    }

    @Override
    public void merge(Instant loadedAt) throws SQLException {
        sql.execute(
                ("INSERT INTO quarantined_events (%1$s, loaded_ts) SELECT %2$s, CAST(? AS TIMESTAMP)"
                                + " FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY quarantine_id"
                                + " ORDER BY object_key) AS nth FROM %3$s) AS s WHERE s.nth = 1")
                        .formatted(staging.names(""), staging.values(), STAGING),
                WarehouseTime.text(loadedAt));
    }

    @Override
    public void drop() throws SQLException {
        sql.execute(staging.drop());
    }

    private void release(String found, String as, String from, Instant loadedAt)
            throws SQLException {
        sql.execute(ReleaseStatements.add(found, as), WarehouseTime.text(loadedAt));
        sql.execute(ReleaseStatements.remove(found, from));
        sql.execute(ReleaseStatements.drop(found));
    }

    /// Parameter 1 is the batch's id. What is known already, or suppressed, comes into the
    /// quarantine and leaves it at once. What is no event was not accepted either.
    private static String addCounts() {
        String minute = "DATE_TRUNC('minute', received_ts) AS minute_ts, NVL(tenant_id, '')";
        return ("INSERT INTO load_counts (batch_id, minute_ts, tenant_id, inserted_rows,"
                        + " duplicate_rows, quarantined_rows, released_rows, suppressed_rows) SELECT"
                        + " CAST(? AS VARCHAR(64)), minute_ts, tenant_id, 0, 0, SUM(quarantined),"
                        + " SUM(released), SUM(suppressed) FROM (SELECT %1$s AS tenant_id,"
                        + " COUNT(DISTINCT quarantine_id) AS quarantined, 0 AS released, 0 AS"
                        + " suppressed FROM %2$s WHERE stage <> '%6$s' GROUP BY 1, 2 UNION ALL SELECT"
                        + " %1$s, 0, 1, 0 FROM %3$s UNION ALL SELECT %1$s, 0, 1, 0 FROM %4$s UNION"
                        + " ALL SELECT %1$s, 0, 1, 0 FROM %7$s UNION ALL SELECT %1$s, 0, 0, 1 FROM"
                        + " %5$s) AS entries GROUP BY minute_ts, tenant_id")
                .formatted(
                        minute,
                        STAGING,
                        SUPERSEDED,
                        KNOWN,
                        SUPPRESSED,
                        QuarantineRows.DERIVED,
                        REPEATED);
    }
}
