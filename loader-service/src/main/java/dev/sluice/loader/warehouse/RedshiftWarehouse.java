package dev.sluice.loader.warehouse;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.failure.OutcomeUnknown;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

/// Amazon Redshift over JDBC.
public final class RedshiftWarehouse implements Warehouse {

    private static final Logger LOG = LoggerFactory.getLogger(RedshiftWarehouse.class);

    private final DataSource dataSource;
    private final Layouts layouts;
    private final EventsColumns columns = new EventsColumns();
    private final String iamRole;
    private final Duration copyMargin;
    private final InstantSource clock;

    /// @param layouts tells the columns of files
    /// @param iamRole with which the warehouse reads the bucket: an ARN, or `default`
    /// @param copyMargin by how much two copies of one event may differ in their time
    public RedshiftWarehouse(
            DataSource dataSource,
            Layouts layouts,
            String iamRole,
            Duration copyMargin,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.layouts = layouts;
        this.iamRole = iamRole;
        this.copyMargin = copyMargin;
        this.clock = clock;
    }

    @Override
    public LoadOutcome load(LoadBatch batch) {
        FileLayout layout = layouts.find(batch.layout());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (batch.table() == LoadTable.EVENTS) {
                columns.ensure(connection, layout);
            }
            connection.setAutoCommit(false);
            LoadOutcome outcome = transaction(connection, batch, layout);
            if (outcome instanceof LoadOutcome.Loaded) {
                commit(connection, batch);
                noteCommit(connection, batch);
            } else {
                connection.rollback();
            }
            return outcome;
        } catch (SQLException e) {
            columns.forget();
            throw SqlFailures.of("batch " + batch.id(), e);
        }
    }

    private LoadOutcome transaction(Connection connection, LoadBatch batch, FileLayout layout)
            throws SQLException {
        LedgerStatements ledger = new LedgerStatements(connection);
        ledger.lock();
        long newest = ledger.newestFence();
        if (newest > batch.fence()) {
            return new LoadOutcome.Fenced(newest);
        }
        Set<String> loaded = ledger.loaded(batch.files());
        if (!loaded.isEmpty()) {
            return new LoadOutcome.LoadedBefore(loaded);
        }
        ledger.raiseFence(batch.fence());
        try {
            return merge(connection, ledger, batch, layout);
        } catch (SQLException e) {
            if (SqlFailures.isAboutTheData(e)) {
                columns.forget();
                return new LoadOutcome.Refused(SqlFailures.message(e));
            }
            throw e;
        }
    }

    private LoadOutcome merge(
            Connection connection, LedgerStatements ledger, LoadBatch batch, FileLayout layout)
            throws SQLException {
        StagedRows rows =
                switch (batch.table()) {
                    case EVENTS ->
                            new StagedEvents(
                                    connection, new EventsStatements(layout), margins(batch));
                    case QUARANTINED_EVENTS -> new StagedRefusals(connection, layout);
                    case SESSIONS -> new StagedSessions(connection, layout);
                    case IDENTITIES -> new StagedIdentities(connection, layout);
                };
        long staged = rows.copy(batch.manifestUri(), iamRole);
        if (staged != batch.rows()) {
            return new LoadOutcome.Refused(
                    "the files hold " + staged + " rows, their writers counted " + batch.rows());
        }
        Instant loadedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LoadOutcome.Loaded counts = rows.count(batch.id(), staged, loadedAt);
        rows.merge(loadedAt);
        ledger.add(batch, counts, loadedAt);
        rows.drop();
        return counts;
    }

    /// Rows that are restated have, as a rule, the time that they had.
    private List<Duration> margins(LoadBatch batch) {
        return batch.isReplayed() ? List.of(Duration.ZERO, copyMargin) : List.of(copyMargin);
    }

    private static void commit(Connection connection, LoadBatch batch) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new OutcomeUnknown(
                    "batch "
                            + batch.id()
                            + ": no answer to the commit; whether it was loaded stands in load_ledger",
                    e);
        }
    }

    /// For the latency figures only; the load is complete without it.
    private void noteCommit(Connection connection, LoadBatch batch) {
        try {
            connection.setAutoCommit(true);
            new LedgerStatements(connection).committed(batch.id(), clock.instant());
        } catch (SQLException e) {
            LOG.warn(
                    "batch {}: the time of its commit is not noted: {}",
                    batch.id(),
                    e.getMessage());
        }
    }
}
