package dev.sluice.loader.warehouse;

import dev.sluice.loader.layout.FileLayout;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// Rows on their way into `identities`, which keeps every link once. What all links of an id say
/// together is reckoned anew in `identity_persons` when it gets another, so it does not matter in
/// which order they come; its events are due to be restated then.
final class StagedIdentities implements StagedRows {

    private static final String STAGING = "identities_staging";

    private final Sql sql;
    private final StagingTable staging;

    StagedIdentities(Connection connection, FileLayout layout) {
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
        sql.execute(IdentityStatements.findNew(STAGING, staging.names("")));
        sql.execute(IdentityStatements.removeKnown());
        long inserted = sql.number(IdentityStatements.countNew());
        return new LoadOutcome.Loaded(staged, inserted, 0, staged - inserted);
    }

    @Override
    public void merge(Instant loadedAt) throws SQLException {
        String now = WarehouseTime.text(loadedAt);
        sql.execute(IdentityStatements.insert(staging.names("")), now);
        sql.execute(IdentityStatements.reckon());
        sql.execute(IdentityStatements.removeReckoned());
        sql.execute(IdentityStatements.insertReckoned(), now);
        sql.execute(IdentityStatements.findMoved());
        if (sql.number(IdentityStatements.countMoved()) > 0) {
            for (int hop = 1; hop < IdentityStatements.HOPS; hop++) {
                sql.execute(IdentityStatements.findMovedFurther());
            }
            sql.execute(IdentityStatements.markMoved(), now);
        }
    }

    @Override
    public void drop() throws SQLException {
        for (String drop : IdentityStatements.drop()) {
            sql.execute(drop);
        }
        sql.execute(staging.drop());
    }
}
