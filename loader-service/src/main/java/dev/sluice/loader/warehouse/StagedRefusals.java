package dev.sluice.loader.warehouse;

import dev.sluice.loader.layout.FileLayout;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Rows on their way into `quarantined_events`. A record is known by its id; one that is there
/// already stays as it is.
final class StagedRefusals implements StagedRows {

    private static final String STAGING = "quarantined_staging";

    private final Sql sql;
    private final StagingTable staging;

    StagedRefusals(Connection connection, FileLayout layout) {
        sql = new Sql(connection);
        staging = new StagingTable(STAGING, layout.columns());
    }

    @Override
    public long copy(String manifestUri, String iamRole) throws SQLException {
        sql.execute(staging.create());
        sql.execute(staging.copy(manifestUri, iamRole));
        return sql.number(staging.count());
    }

    @Override
    public LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt)
            throws SQLException {
        sql.execute(
                ("DELETE FROM %1$s USING quarantined_events AS q WHERE %1$s.quarantine_id ="
                                + " q.quarantine_id")
                        .formatted(STAGING));
        long inserted =
                sql.number("SELECT COUNT(DISTINCT quarantine_id) FROM %s".formatted(STAGING));
        sql.execute(
                ("INSERT INTO load_counts (batch_id, minute_ts, tenant_id, inserted_rows,"
                                + " duplicate_rows, quarantined_rows) SELECT CAST(? AS VARCHAR(64)),"
                                + " DATE_TRUNC('minute', received_ts), NVL(tenant_id, ''), 0, 0,"
                                + " COUNT(DISTINCT quarantine_id) FROM %s GROUP BY 2, 3")
                        .formatted(STAGING),
                batchId);
        return new LoadOutcome.Loaded(staged, inserted, 0, staged - inserted);
    }

    @Override
    public void merge(Instant loadedAt) throws SQLException {
        sql.execute(
                ("INSERT INTO quarantined_events (%1$s, loaded_ts) SELECT %2$s, CAST(? AS TIMESTAMP)"
                                + " FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY quarantine_id"
                                + " ORDER BY object_key) AS copy FROM %3$s) AS s WHERE s.copy = 1")
                        .formatted(staging.names(""), staging.values(), STAGING),
                WarehouseTime.text(loadedAt));
    }

    @Override
    public void drop() throws SQLException {
        sql.execute(staging.drop());
    }
}
