package dev.sluice.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.gdpr.quarantine.RedshiftQuarantineTable;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.loader.warehouse.WarehouseSchema;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What an erasure does with the tables that the loader makes.
class RedshiftQuarantineTableIT {

    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.000001Z");
    private static final TenantId SHOP = new TenantId("shop");
    private static final String LONG = "x".repeat(256);

    @TempDir static Path folder;

    private static RedshiftServer redshift;
    private static HikariDataSource warehouse;

    private final RedshiftQuarantineTable table =
            new RedshiftQuarantineTable(warehouse::getConnection);

    @BeforeAll
    static void start() {
        redshift =
                RedshiftServer.start(
                        RedshiftServerConfig.of(
                                folder,
                                () -> {
                                    throw new IllegalStateException("nothing is copied");
                                }));
        warehouse = new HikariDataSource();
        warehouse.setJdbcUrl(redshift.jdbcUrl());
        warehouse.setUsername(redshift.user());
        warehouse.setPassword(redshift.password());
        new WarehouseSchema(warehouse).migrate();
    }

    @AfterAll
    static void stop() {
        warehouse.close();
        redshift.close();
    }

    @BeforeEach
    void twoPersonsHaveRecords() throws SQLException {
        for (String each :
                List.of("quarantined_events", "quarantine_releases", "quarantine_replays")) {
            execute("DELETE FROM " + each);
        }
        execute("DELETE FROM load_counts");
        execute("DELETE FROM pipeline_counts");
        row("a/1", "shop", "user_id", "ann", 0);
        row("a/2", "shop", "anonymous_id", "d-1", 0);
        row("a/3", "shop", "user_id", "bob", 0);
        row("a/4", "bank", "user_id", "ann", 0);
        row("a/5", "shop", "user_id", "ann", 3600);
        row("a/6", "shop", "user_id", LONG, 0);
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

    @Test
    void findsRowsOfTheTenantAndTheIdsFromBeforeTheErasure() {
        assertThat(table.find(whose("ann", "d-1")))
                .containsExactlyInAnyOrder(record("a/1"), record("a/2"));
    }

    /// It may be another id that was cut to the width of the column.
    @Test
    void doesNotTrustAnIdAsLongAsItsColumn() {
        assertThat(table.find(whose(LONG, "none"))).isEmpty();
    }

    @Test
    void removesRowsAndMarksAndCountsThemAsSuppressed() throws SQLException {
        assertThat(books()).containsExactly("5|4|0|1");

        table.erase(SHOP, List.of(record("a/1"), record("a/2")));

        assertThat(query("SELECT quarantine_id FROM quarantined_events ORDER BY 1"))
                .containsExactly("a/3", "a/4", "a/5", "a/6");
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
        redshift.faults().fillDisk();
        assertThatThrownBy(() -> table.erase(SHOP, List.of(record("a/1"))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("SQLSTATE 53100");
        redshift.faults().clear();

        assertThat(query("SELECT COUNT(*) FROM quarantined_events")).containsExactly("6");
        assertThat(query("SELECT COUNT(*) FROM quarantine_replays")).containsExactly("2");
        assertThat(books()).containsExactly("5|4|0|1");
    }

    private static Subjects whose(String user, String device) {
        return new Subjects(
                SHOP,
                Set.of(
                        new SubjectId(SubjectKind.USER_ID, user),
                        new SubjectId(SubjectKind.ANONYMOUS_ID, device)),
                RECEIVED.plusSeconds(60));
    }

    private static HeldRecord record(String id) {
        return new HeldRecord(id, RECEIVED, 0);
    }

    private static void row(String id, String tenant, String column, String value, int later)
            throws SQLException {
        String received = "DATEADD(second, %d, CAST('2026-11-21 10:00:00.000001' AS TIMESTAMP))";
        execute(
                ("INSERT INTO quarantined_events (quarantine_id, stage, reason, message, tenant_id,"
                                + " received_ts, quarantined_ts, object_key, "
                                + column
                                + ") VALUES ('%s', 'validator', 'malformed', 'm', '%s', "
                                + received
                                + ", GETDATE(), 'o', '%s')")
                        .formatted(id, tenant, later, value));
    }

    private static List<String> books() throws SQLException {
        return query(
                "SELECT accepted, quarantined, suppressed, difference FROM pipeline_books WHERE"
                        + " tenant_id = 'shop' AND minute_ts = CAST('2026-11-21 10:00:00' AS"
                        + " TIMESTAMP)");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = warehouse.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
