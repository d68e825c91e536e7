package dev.sluice.loader.warehouse;

import dev.sluice.loader.layout.FileLayout;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Rows on their way into `sessions`. A row takes the place of one of the same session with a lower
/// revision; any other changes nothing, so files may come in any order and again.
final class StagedSessions implements StagedRows {

    private static final String STAGING = "sessions_staging";
    private static final String NEWEST = "sessions_newest";

    private static final String SAME_SESSION =
            "sessions.tenant_id = %1$s.tenant_id AND sessions.session_id = %1$s.session_id"
                    .formatted(NEWEST);

    private final Sql sql;
    private final StagingTable staging;

    StagedSessions(Connection connection, FileLayout layout) {
        sql = new Sql(connection);
        staging = new StagingTable(STAGING, layout.columns());
    }

    @Override
    public long copy(String manifestUri, String iamRole) throws SQLException {
        return staging.fill(sql, manifestUri, iamRole);
    }

    /// Inserted are rows that stand now, in the place of another or of none.
    @Override
    public LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt)
            throws SQLException {
        String names = staging.names("");
        sql.execute(
                ("CREATE TEMP TABLE %1$s AS SELECT %2$s FROM (SELECT %2$s, ROW_NUMBER() OVER"
                                + " (PARTITION BY tenant_id, session_id ORDER BY revision DESC) AS"
                                + " nth FROM %3$s) AS s WHERE nth = 1")
                        .formatted(NEWEST, names, STAGING));
        sql.execute(
                "DELETE FROM %1$s USING sessions WHERE %2$s AND sessions.revision >= %1$s.revision"
                        .formatted(NEWEST, SAME_SESSION));
        long inserted = sql.number("SELECT COUNT(*) FROM " + NEWEST);
        return new LoadOutcome.Loaded(staged, inserted, 0, staged - inserted);
    }

    @Override
    public void merge(Instant loadedAt) throws SQLException {
        sql.execute("DELETE FROM sessions USING %s WHERE %s".formatted(NEWEST, SAME_SESSION));
        sql.execute(
                "INSERT INTO sessions (%1$s, loaded_ts) SELECT %1$s, CAST(? AS TIMESTAMP) FROM %2$s"
                        .formatted(staging.names(""), NEWEST),
                WarehouseTime.text(loadedAt));
    }

    @Override
    public void drop() throws SQLException {
        sql.execute("DROP TABLE " + NEWEST);
        sql.execute(staging.drop());
    }
}
