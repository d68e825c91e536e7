package dev.sluice.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.gdpr.quarantine.QuarantineTable;
import dev.sluice.gdpr.quarantine.QuarantineTableKit;
import dev.sluice.gdpr.quarantine.RedshiftQuarantineTable;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What an erasure does with the tables that the loader makes.
class RedshiftQuarantineTableIT extends QuarantineTableKit {

    private static final String LONG = "x".repeat(256);

    @TempDir static Path folder;

    private static WarehouseFixture warehouse;

    private final RedshiftQuarantineTable table =
            new RedshiftQuarantineTable(warehouse::connection);

    @BeforeAll
    static void start() {
        warehouse = new WarehouseFixture(folder);
    }

    @AfterAll
    static void stop() {
        warehouse.close();
    }

    @Override
    protected void empty() throws SQLException {
        for (String each :
                List.of("quarantined_events", "quarantine_releases", "quarantine_replays")) {
            execute("DELETE FROM " + each);
        }
        execute("DELETE FROM load_counts");
        execute("DELETE FROM pipeline_counts");
        execute("INSERT INTO quarantine_replays VALUES ('a/1', GETDATE()), ('a/3', GETDATE())");
        execute(
                "INSERT INTO pipeline_counts VALUES ('validator', 's', CAST('2026-11-21 10:00:00' AS"
                        + " TIMESTAMP), '1', 'shop', '2', 5, 0, 5, 0, 0, 0, GETDATE())");
        execute(
                "INSERT INTO load_counts (batch_id, minute_ts, tenant_id, inserted_rows,"
                        + " duplicate_rows, quarantined_rows, released_rows, suppressed_rows)"
                        + " VALUES ('b', CAST('2026-11-21 10:00:00' AS TIMESTAMP), 'shop', 0, 0, 4,"
                        + " 0, 0)");
    }

    @Override
    protected QuarantineTable table() {
        return table;
    }

    @Override
    protected void add(String id, TenantId tenant, SubjectId subject, Instant received) {
        executed(
                "INSERT INTO quarantined_events (quarantine_id, stage, reason, message, tenant_id,"
                        + " received_ts, quarantined_ts, object_key, %s) VALUES ('%s', 'validator',"
                        + " 'malformed', 'm', '%s', CAST('%s' AS TIMESTAMP), GETDATE(), 'o', '%s')",
                subject.kind().field(),
                id,
                tenant,
                LocalDateTime.ofInstant(received, ZoneOffset.UTC),
                subject.value());
    }

    @Override
    protected Set<String> suppressed() {
        try {
            return Set.copyOf(
                    query(
                            "SELECT quarantine_id FROM quarantine_releases WHERE released_as ="
                                    + " 'suppressed'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void fail(boolean failing) {
        if (failing) {
            warehouse.faults().fillDisk();
        } else {
            warehouse.faults().clear();
        }
    }

    /// It may be another id that was cut to the width of the column.
    @Test
    void doesNotTrustAnIdAsLongAsItsColumn() {
        add("a/6", SHOP, user(LONG), RECEIVED);

        assertThat(table.find(new Subjects(SHOP, Set.of(user(LONG)), RECEIVED.plusSeconds(60))))
                .isEmpty();
    }

    @Test
    void removesRowsAndMarksAndCountsThemAsSuppressed() throws SQLException {
        assertThat(books()).containsExactly("5|4|0|1");

        table.erase(SHOP, List.of(record("a/1"), record("a/2")));

        assertThat(query("SELECT quarantine_id FROM quarantined_events ORDER BY 1"))
                .containsExactly("a/3", "a/4", "a/5");
        assertThat(query("SELECT quarantine_id FROM quarantine_replays")).containsExactly("a/3");
        assertThat(books()).containsExactly("5|2|2|1");
        assertThat(query("SELECT quarantine_id, event_id, released_as FROM quarantine_releases"))
                .containsExactlyInAnyOrder("a/1|null|suppressed", "a/2|null|suppressed");
    }

    @Test
    void countsARecordThatIsNotLoadedYet() throws SQLException {
        table.erase(SHOP, List.of(record("a/1"), record("a/9")));

        assertThat(books()).containsExactly("5|3|2|0");
        assertThat(query("SELECT COUNT(*) FROM quarantine_releases")).containsExactly("2");
    }

    @Test
    void countsNothingTwice() throws SQLException {
        execute(
                "INSERT INTO quarantine_releases (quarantine_id, received_ts, released_as, loaded_ts)"
                        + " VALUES ('a/8', GETDATE(), 'loaded', GETDATE())");
        List<HeldRecord> records = List.of(record("a/1"), record("a/8"));
        table.erase(SHOP, records);
        List<String> once = books();

        table.erase(SHOP, records);

        assertThat(books()).isEqualTo(once).containsExactly("5|3|1|1");
        assertThat(query("SELECT released_as FROM quarantine_releases ORDER BY 1"))
                .containsExactly("loaded", "suppressed");
    }

    @Test
    void erasesManyAtOnce() throws SQLException {
        List<HeldRecord> records = new ArrayList<>();
        for (int i = 0; i < 1_201; i++) {
            records.add(record("many/" + i));
        }

        table.erase(SHOP, records);

        assertThat(query("SELECT COUNT(*) FROM quarantine_releases")).containsExactly("1201");
    }

    @Test
    void changesNothingWhereTheWarehouseFailsInTheMiddle() throws SQLException {
        warehouse.faults().fillDisk();
        assertThatThrownBy(() -> table.erase(SHOP, List.of(record("a/1"))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("SQLSTATE 53100");
        warehouse.faults().clear();

        assertThat(query("SELECT COUNT(*) FROM quarantined_events")).containsExactly("5");
        assertThat(query("SELECT COUNT(*) FROM quarantine_replays")).containsExactly("2");
        assertThat(books()).containsExactly("5|4|0|1");
    }

    private static List<String> books() throws SQLException {
        return query(
                "SELECT accepted, quarantined, suppressed, difference FROM pipeline_books WHERE"
                        + " tenant_id = 'shop' AND minute_ts = CAST('2026-11-21 10:00:00' AS"
                        + " TIMESTAMP)");
    }

    private static void executed(String sql, Object... values) {
        try {
            execute(sql.formatted(values));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        warehouse.execute(sql);
    }

    private static List<String> query(String sql) throws SQLException {
        return warehouse.query(sql);
    }
}
