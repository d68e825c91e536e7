package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.derived.DerivedTable;
import dev.sluice.loader.derived.DerivedTables;
import dev.sluice.loader.derived.Found;
import dev.sluice.loader.quarantine.QuarantineRows;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Sessions and links between ids in the warehouse.
class DerivedRowsIT {

    private static final String CURRENT =
            "SELECT id_kind, id, person_id FROM current_identities ORDER BY 1, 2";

    @TempDir static Path folder;

    static LocalWarehouse local;

    private int loads;

    @BeforeAll
    static void start() {
        local = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        local.empty();
    }

    @Test
    void theMigratedTablesHaveTheColumnsOfTheFilesInTheirOrder() throws SQLException {
        for (DerivedTable<?> table : List.of(DerivedTables.SESSIONS, DerivedTables.IDENTITIES)) {
            String columns =
                    local.query(
                            "SELECT column_name, data_type, character_maximum_length,"
                                    + " numeric_precision, numeric_scale, is_nullable FROM"
                                    + " information_schema.columns WHERE table_name = '"
                                    + table.table().tableName()
                                    + "' AND column_name <> 'loaded_ts' ORDER BY ordinal_position");

            assertThat(columns.lines())
                    .containsExactlyElementsOf(
                            table.layout().columns().stream()
                                    .map(RedshiftWarehouseIT::described)
                                    .toList());
        }
    }

    @Test
    void aSessionCanBeQueriedAsItStandsByNow() throws SQLException {
        load(DerivedTables.SESSIONS, List.of(Found.session("s1", 2)));
        load(DerivedTables.SESSIONS, List.of(Found.session("s1", 3)));

        assertThat(
                        local.query(
                                "SELECT tenant_id, session_id, revision, person_id, started_at,"
                                        + " duration_seconds, events, is_bounce, entry_page, exit_page,"
                                        + " country, loaded_ts IS NOT NULL FROM sessions"))
                .isEqualTo(
                        "acme|s1|3|person-1|2026-11-21 10:00:00.123456|120.0|3|f|https://shop.example/"
                                + "|https://shop.example/3|DE|t");
    }

    @Test
    void whatIsNoEventIsInNoBook() throws SQLException {
        QuarantineRecord line =
                QuarantineRecord.of(
                        QuarantineRows.DERIVED,
                        new QuarantineId("sluice-derived", "shardId-000000000000", "7", 0),
                        new Rejection.DecodeFailure("a line cannot be read"),
                        null,
                        null,
                        null,
                        Fixtures.RECEIVED,
                        new byte[] {7});
        load(DerivedTables.SESSIONS, List.of(Found.session("s1", 1)));
        load(DerivedTables.IDENTITIES, List.of(Found.link("a1", "p1", 0)));
        assertThat(local.query("SELECT COUNT(*) FROM load_batches")).isEqualTo("0");
        local.warehouse.load(
                local.batch("q", 1, local.publish("curated/q.parquet", List.of(line))));

        assertThat(local.query("SELECT stage FROM quarantined_events")).isEqualTo("loader-derived");
        assertThat(local.query("SELECT COUNT(*) FROM pipeline_books")).isEqualTo("0");
        assertThat(local.query("SELECT COUNT(*) FROM load_ledger")).isEqualTo("3");
    }

    @Test
    void theLastLinkOfAnIdStandsInWhateverOrderTheyCome() throws SQLException {
        List<IdentityLink> links =
                new ArrayList<>(
                        List.of(
                                Found.link("a1", "p1", 0),
                                Found.link("a1", "p2", 5),
                                Found.link("a2", "p1", 3)));
        for (int i = 0; i < links.size(); i++) {
            local.empty();
            Collections.rotate(links, 1);
            for (IdentityLink link : links) {
                load(DerivedTables.IDENTITIES, List.of(link));
            }

            assertThat(local.query(CURRENT)).isEqualTo("anonymous|a1|p2\nanonymous|a2|p1");
            assertThat(local.query("SELECT COUNT(*) FROM identities")).isEqualTo("3");
        }
    }

    @Test
    void aSharedIdTellsNobodysPersonButItsOwn() throws SQLException {
        load(
                DerivedTables.IDENTITIES,
                List.of(
                        Found.link("a1", "p1", 0),
                        Found.link("anonymous", "a1", "p4", "p1", 9, true),
                        Found.link("anonymous", "a2", "p4", null, 9, true)));

        assertThat(local.query(CURRENT)).isEqualTo("anonymous|a1|a1-own\nanonymous|a2|null");
    }

    @Test
    void anAliasMovesWhoeverWasTheUser() throws SQLException {
        load(DerivedTables.IDENTITIES, List.of(Found.link("a1", "u1-own", 0)));
        load(
                DerivedTables.IDENTITIES,
                List.of(Found.link("user", "u2", "u3-own", "u2-own", 7, false)));
        restated();
        load(
                DerivedTables.IDENTITIES,
                List.of(Found.link("user", "u1", "u2-own", "u1-own", 5, false)));

        assertThat(local.query(CURRENT))
                .isEqualTo("anonymous|a1|u3-own\nuser|u1|u3-own\nuser|u2|u3-own");
        assertThat(
                        local.query(
                                "SELECT id FROM identity_persons WHERE due_ts IS NOT NULL ORDER BY 1"))
                .isEqualTo("a1\nu1");
    }

    @Test
    void idsThatBecomeEachOtherHaveAPerson() throws SQLException {
        load(
                DerivedTables.IDENTITIES,
                List.of(
                        Found.link("user", "u1", "u2-own", "u1-own", 0, false),
                        Found.link("user", "u2", "u1-own", "u2-own", 5, false)));

        assertThat(local.query("SELECT COUNT(person_id) FROM current_identities")).isEqualTo("2");
    }

    private void restated() throws SQLException {
        try (var connection = local.dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE identity_persons SET due_ts = NULL");
        }
    }

    private <T> void load(DerivedTable<T> table, List<T> rows) {
        String name = "d" + loads++;
        String key = "curated/" + name + System.nanoTime() + ".parquet";
        local.warehouse.load(local.batch(name, 1, local.publish(key, table, rows)));
    }
}
