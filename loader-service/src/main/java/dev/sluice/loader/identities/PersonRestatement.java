package dev.sluice.loader.identities;

import dev.sluice.loader.warehouse.Sql;
import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.TimeRange;
import dev.sluice.loader.warehouse.WarehouseTime;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

/// Gives events that are loaded the person that their ids belong to now, and takes what is done off
/// the list of ids that are due (`identity_persons.due_ts`).
///
/// Events are looked for without a lock; then those that no load has changed meanwhile are updated,
/// between two loads and within the times of what was found. What is loaded after the look has its
/// person from the load; an id that gets a link after it is due again, since only the `due_ts` that
/// was seen is taken off.
public final class PersonRestatement {

    private static final String DUE = "persons_due";
    private static final String EVENTS = "events_due";

    private static final String TAKE_OFF =
            ("UPDATE identity_persons SET due_ts = NULL FROM %s AS d WHERE"
                            + " identity_persons.tenant_id = d.tenant_id AND"
                            + " identity_persons.id_kind = d.id_kind AND identity_persons.id = d.id"
                            + " AND identity_persons.due_ts = d.due_ts")
                    .formatted(DUE);

    private static final String OLDEST = "SELECT MIN(due_ts) FROM identity_persons";

    private final DataSource warehouse;
    private final RestateLimits limits;

    public PersonRestatement(DataSource warehouse, RestateLimits limits) {
        this.warehouse = warehouse;
        this.limits = limits;
    }

    /// What a turn came to.
    ///
    /// @param ids that were looked at
    /// @param events whose person changed
    /// @param dueSince when the id that has waited longest became due; null if none waits
    public record Restated(long ids, long events, @Nullable Instant dueSince) {}

    /// Restates some events of the ids that have been due longest. Any turn may be cut off, and
    /// repeated.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it may work later; perhaps it did
    /// @throws dev.sluice.runtime.failure.SetupFailure if the warehouse refuses
    public Restated turn(Instant now) {
        try (Connection connection = warehouse.getConnection()) {
            Sql sql = new Sql(connection);
            connection.setAutoCommit(true);
            // Those of a turn that was cut off: a connection keeps them.
            drop(sql);
            sql.execute(findDue());
            long ids = sql.number("SELECT COUNT(*) FROM " + DUE);
            long events = 0;
            if (ids > 0) {
                sql.execute(findEvents(now));
                long found = sql.number("SELECT COUNT(*) FROM " + EVENTS);
                // Read before loads have to wait.
                String update = found == 0 ? "" : update(sql.times("event_ts", EVENTS));
                connection.setAutoCommit(false);
                sql.execute("LOCK TABLE load_fence");
                if (found > 0) {
                    events = sql.update(update);
                }
                if (found < limits.maxEvents()) {
                    sql.execute(TAKE_OFF);
                }
                connection.commit();
                connection.setAutoCommit(true);
            }
            drop(sql);
            return new Restated(ids, events, oldest(connection));
        } catch (SQLException e) {
            throw SqlFailures.of("the restatement of events", e);
        }
    }

    /// @param times in which the events happened that were found
    private static String update(TimeRange times) {
        return ("UPDATE events SET person_id = d.person_id FROM %s AS d WHERE events.tenant_id ="
                        + " d.tenant_id AND events.event_id = d.event_id AND NVL(events.person_id,"
                        + " '') = d.old_person_id AND %s")
                .formatted(EVENTS, times.holds("events.event_ts"));
    }

    private String findDue() {
        return ("CREATE TEMP TABLE %s AS SELECT c.tenant_id, c.id_kind, c.id, c.person_id, p.due_ts"
                        + " FROM identity_persons AS p JOIN current_identities AS c ON c.tenant_id ="
                        + " p.tenant_id AND c.id_kind = p.id_kind AND c.id = p.id WHERE p.due_ts IS"
                        + " NOT NULL ORDER BY p.due_ts LIMIT %d")
                .formatted(DUE, limits.maxIds());
    }

    /// An id without a person, for it is shared, tells nothing.
    private String findEvents(Instant now) {
        return "CREATE TEMP TABLE %s AS SELECT * FROM (%s UNION ALL %s) AS found LIMIT %d"
                .formatted(
                        EVENTS,
                        find("anonymous", "d.id = e.anonymous_id AND e.user_id IS NULL", now),
                        find("user", "d.id = e.user_id", now),
                        limits.maxEvents());
    }

    private String find(String kind, String hasId, Instant now) {
        return ("SELECT e.tenant_id, e.event_id, e.event_ts, d.person_id, NVL(e.person_id, '') AS"
                        + " old_person_id FROM events AS e JOIN %s AS d ON d.tenant_id = e.tenant_id AND %s WHERE d.id_kind = '%s' AND e.event_ts >="
                        + " CAST('%s' AS TIMESTAMP) AND NVL(e.person_id, '') <> d.person_id")
                .formatted(DUE, hasId, kind, WarehouseTime.text(now.minus(limits.lookback())));
    }

    private static void drop(Sql sql) throws SQLException {
        for (String table : List.of(DUE, EVENTS)) {
            sql.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    private static @Nullable Instant oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(OLDEST)) {
            result.next();
            String oldest = result.getString(1);
            return oldest == null ? null : WarehouseTime.of(oldest);
        }
    }
}
