package dev.sluice.gdpr.quarantine;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.gdpr.store.WarehouseConnections;
import dev.sluice.runtime.failure.TransientFailure;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// `quarantined_events` in Amazon Redshift, and what belongs to it.
public final class RedshiftQuarantineTable implements QuarantineTable {

    /// Rows of one statement.
    private static final int AT_ONCE = 500;

    /// The width of the columns of ids; a longer id is cut there, and might be taken for another.
    private static final int ID_BYTES = 256;

    private static final String ERASED = "erased_records";
    private static final String SAME = " WHERE %1$s.quarantine_id = " + ERASED + ".quarantine_id";

    private final WarehouseConnections connections;

    public RedshiftQuarantineTable(WarehouseConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<HeldRecord> find(Subjects whose) {
        List<HeldRecord> found = new ArrayList<>();
        try (Connection connection = connections.open()) {
            for (SubjectId id : whose.ids()) {
                if (id.value().getBytes(StandardCharsets.UTF_8).length < ID_BYTES) {
                    find(connection, whose, id, found);
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
        return found;
    }

    @Override
    public void erase(TenantId tenant, Collection<HeldRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Loads wait: none may bring in what is not seen here.
                statement.execute("LOCK TABLE load_fence");
                statement.execute(
                        "CREATE TEMP TABLE %s (quarantine_id VARCHAR(512) NOT NULL, received_ts"
                                        .formatted(ERASED)
                                + " TIMESTAMP NOT NULL)");
                stage(connection, List.copyOf(records));
                statement.execute(deleteFrom("quarantine_replays"));
                // What has left the quarantine is counted already.
                statement.execute(
                        "DELETE FROM %s USING quarantine_releases".formatted(ERASED)
                                + SAME.formatted("quarantine_releases"));
                count(connection, tenant);
                release(connection, tenant);
                statement.execute(deleteFrom("quarantined_events"));
                statement.execute("DROP TABLE " + ERASED);
            }
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static void find(
            Connection connection, Subjects whose, SubjectId id, List<HeldRecord> found)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT quarantine_id, received_ts FROM quarantined_events WHERE tenant_id"
                                + " = ? AND received_ts < CAST(? AS TIMESTAMP) AND "
                                + id.kind().field()
                                + " = ?")) {
            query.setString(1, whose.tenant().value());
            query.setString(2, text(whose.receivedBefore()));
            query.setString(3, id.value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Instant received =
                            rows.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC);
                    found.add(new HeldRecord(rows.getString(1), received, 0));
                }
            }
        }
    }

    private static void stage(Connection connection, List<HeldRecord> records) throws SQLException {
        for (int i = 0; i < records.size(); i += AT_ONCE) {
            List<HeldRecord> some = records.subList(i, Math.min(i + AT_ONCE, records.size()));
            String rows =
                    String.join(
                            ", ", Collections.nCopies(some.size(), "(?, CAST(? AS TIMESTAMP))"));
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO %s VALUES ".formatted(ERASED) + rows)) {
                int at = 1;
                for (HeldRecord record : some) {
                    insert.setString(at++, record.id());
                    insert.setString(at++, text(record.receivedTs()));
                }
                insert.executeUpdate();
            }
        }
    }

    /// A record whose row is not loaded yet comes into the quarantine here and leaves it at once.
    private static void count(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO load_counts (batch_id, minute_ts, tenant_id, inserted_rows,"
                                + " duplicate_rows, quarantined_rows, released_rows,"
                                + " suppressed_rows) SELECT 'erasure', minute_ts, CAST(? AS"
                                + " VARCHAR(64)), 0, 0, SUM(coming), 0, COUNT(*) FROM (SELECT"
                                + " DATE_TRUNC('minute', e.received_ts) AS minute_ts, CASE WHEN"
                                + " q.quarantine_id IS NULL THEN 1 ELSE 0 END AS coming FROM "
                                + ERASED
                                + " AS e LEFT JOIN quarantined_events AS q ON q.quarantine_id ="
                                + " e.quarantine_id) AS entries GROUP BY minute_ts")) {
            insert.setString(1, tenant.value());
            insert.executeUpdate();
        }
    }

    private static void release(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO quarantine_releases (quarantine_id, tenant_id, event_id,"
                                + " received_ts, released_as, loaded_ts) SELECT quarantine_id,"
                                + " CAST(? AS VARCHAR(64)), CAST(NULL AS VARCHAR(64)), received_ts,"
                                + " 'suppressed', GETDATE() FROM "
                                + ERASED)) {
            insert.setString(1, tenant.value());
            insert.executeUpdate();
        }
    }

    private static String deleteFrom(String table) {
        return "DELETE FROM %s USING %s".formatted(table, ERASED) + SAME.formatted(table);
    }

    private static String text(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString().replace('T', ' ');
    }

    /// The warehouse's message may show values.
    private static TransientFailure failure(SQLException e) {
        return new TransientFailure(
                "quarantined_events: the warehouse failed with SQLSTATE " + e.getSQLState(), e);
    }
}
