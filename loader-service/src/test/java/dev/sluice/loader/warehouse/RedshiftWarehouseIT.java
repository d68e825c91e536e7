package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.loader.quarantine.QuarantineRows;
import dev.sluice.loader.quarantine.Refused;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.core.JsonPointer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;

class RedshiftWarehouseIT extends WarehouseKit {

    @TempDir static Path folder;

    static LocalWarehouse local;

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

    @Override
    protected Warehouse warehouse() {
        return local.warehouse;
    }

    @Override
    protected ObjectStore objects() {
        return local.objects;
    }

    @Override
    protected List<String> ids() {
        try {
            return local.query("SELECT event_id FROM events ORDER BY 1").lines().toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected List<String> quarantined() {
        try {
            return local.query("SELECT quarantine_id FROM quarantined_events ORDER BY 1")
                    .lines()
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected List<String> sessions() {
        try {
            return local.query(
                            "SELECT tenant_id || '/' || session_id || '@' || CAST(revision AS"
                                    + " VARCHAR(20)) FROM sessions ORDER BY 1")
                    .lines()
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected long links() {
        try {
            return Long.parseLong(local.query("SELECT COUNT(*) FROM identities"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theMigratedTableHasTheColumnsOfTheQuarantinesFilesInTheirOrder() throws SQLException {
        String columns =
                local.query(
                        "SELECT column_name, data_type, character_maximum_length, numeric_precision,"
                                + " numeric_scale, is_nullable FROM information_schema.columns WHERE"
                                + " table_name = 'quarantined_events' AND column_name <> 'loaded_ts'"
                                + " ORDER BY ordinal_position");

        assertThat(columns.lines())
                .containsExactlyElementsOf(
                        QuarantineRows.LAYOUT.columns().stream()
                                .map(RedshiftWarehouseIT::described)
                                .toList());
    }

    @Test
    void whatWasRefusedCanBeQueriedByReasonPersonAndSdk() throws SQLException {
        QuarantineRecord event =
                Refused.event(
                        1,
                        "{\"user_id\":\"u1\",\"context\":{\"library\":{\"name\":\"web\",\"version\":\"2.0\"}}}");
        LoadFile file =
                LocalWarehouse.publish(
                        local.objects,
                        "curated/q.parquet",
                        List.of(event, Refused.frame(2, (byte) 0)));

        local.warehouse.load(local.batch("b1", 1, file));

        assertThat(
                        local.query(
                                "SELECT reason, tenant_id, event_id, event_type, contract, user_id,"
                                        + " sdk_name, sdk_version, violations[0].pointer, received_ts,"
                                        + " object_key FROM quarantined_events ORDER BY 1"))
                .isEqualTo(
                        """
                        contract_violation|acme|e1|page_view|page_view/1-0-0|u1|web|2.0|\
                        "/properties/price"|2026-11-21 10:00:00.123456|quarantine/o
                        decode_failure|null|null|null|null|null|null|null|null|\
                        2026-11-21 10:00:01.123456|quarantine/o""");
        assertThat(
                        local.query(
                                "SELECT minute_ts, tenant_id, quarantined FROM pipeline_books ORDER BY 2"))
                .isEqualTo("2026-11-21 10:00:00||1\n2026-11-21 10:00:00|acme|1");
    }

    @Test
    void theMigratedTableHasTheColumnsOfTheContractsWithTheirTypes() throws SQLException {
        String columns =
                local.query(
                        "SELECT column_name, data_type, character_maximum_length, numeric_precision,"
                                + " numeric_scale, is_nullable FROM information_schema.columns WHERE"
                                + " table_name = 'events' ORDER BY ordinal_position");

        assertThat(columns.lines())
                .containsExactlyInAnyOrderElementsOf(
                        LocalWarehouse.TABLE.columns().stream()
                                .map(RedshiftWarehouseIT::described)
                                .toList());
    }

    static String described(Column column) {
        String type =
                switch (column.type()) {
                    case ColumnType.Varchar(int bytes) ->
                            "character varying|" + bytes + "|null|null";
                    case ColumnType.Bigint _ -> "bigint|null|64|0";
                    case ColumnType.Int _ -> "integer|null|32|0";
                    case ColumnType.Decimal(int precision, int scale) ->
                            "numeric|null|" + precision + "|" + scale;
                    case ColumnType.DoublePrecision _ -> "double precision|null|53|null";
                    case ColumnType.Bool _ -> "boolean|null|null|null";
                    case ColumnType.Timestamp _ -> "timestamp without time zone|null|null|null";
                    case ColumnType.Super _ -> "jsonb|null|null|null";
                };
        return column.name() + "|" + type + "|" + (column.notNull() ? "NO" : "YES");
    }

    @Test
    void migratingAgainChangesNothing() {
        assertThat(local.migrate()).isZero();
    }

    @Test
    void eventsBecomeRowsWithTheirValues() throws SQLException {
        SectionedEvent purchase =
                Fixtures.event(
                        "p1",
                        "purchase",
                        Duration.ofSeconds(1),
                        """
                        {"context":{"page":{"url":"https://shop.example/ümläut"}},
                         "properties":{"order_id":"o-1","total":12.5,"currency":"EUR",
                         "products":[{"product_id":"a\\tb"}],"note":"tab\\tquote\\"slash\\\\"}}""");
        LoadFile file = local.publish("curated/a.parquet", purchase);

        LoadOutcome outcome = local.warehouse.load(local.batch("b1", 1, file));

        assertThat(outcome).isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
        assertThat(
                        local.query(
                                "SELECT event_id, tenant_id, order_total, page_url, received_ts,"
                                        + " person_id FROM events"))
                .isEqualTo(
                        "p1|acme|12.5000|https://shop.example/ümläut|2026-11-21 10:00:00.123456|device-1");
        assertThat(local.query("SELECT properties.note, products[0].product_id FROM events"))
                .isEqualTo("\"tab\\tquote\\\"slash\\\\\"|\"a\\tb\"");
        assertThat(local.query("SELECT revenue, currency FROM clickstream_events"))
                .isEqualTo("12.5000|EUR");
        assertThat(local.query("SELECT COUNT(latency_ms) FROM load_latency")).isEqualTo("1");
    }

    @Test
    void aReplayRestatesTheEventButNotItsReceipt() throws SQLException {
        local.warehouse.load(
                local.batch("b1", 1, local.publish("curated/1.parquet", Fixtures.pageView("e1"))));
        String loaded = local.query("SELECT loaded_ts FROM events");
        SectionedEvent mended =
                Fixtures.event(
                        "e1",
                        "page_view",
                        Duration.ofSeconds(1),
                        "{\"context\":{\"page\":{\"url\":\"https://mended.example/\"}}}");

        local.warehouse.load(local.batch("b2", 1, local.publish("curated/2.parquet", mended)));

        assertThat(local.query("SELECT page_url FROM events")).isEqualTo("https://mended.example/");
        assertThat(local.query("SELECT loaded_ts FROM events")).isEqualTo(loaded);
    }

    @Test
    void theTableGetsAColumnThatAFileHasAndFilesWithoutItAreLoadedToo() throws SQLException {
        List<Column> columns = new ArrayList<>(LocalWarehouse.TABLE.stagingColumns());
        columns.add(
                new Column(
                        "tap_force",
                        new ColumnType.Int(),
                        false,
                        new ColumnSource.InEvent(
                                EventSection.BODY,
                                JsonPointer.compile("/properties/force"),
                                Set.of(EventTypeId.common("tap")))));
        columns.add(
                new Column(
                        "tap_all",
                        new ColumnType.Super(),
                        false,
                        new ColumnSource.InEvent(
                                EventSection.BODY,
                                JsonPointer.compile("/properties"),
                                Set.of(EventTypeId.common("tap")))));
        FileLayout wide = new FileLayout(columns);
        Row page = row(Fixtures.pageView("e2"));
        @Nullable Object[] values = Arrays.copyOf(page.values(), columns.size());
        values[columns.size() - 2] = 3L;
        values[columns.size() - 1] = "{\"force\":3}".getBytes(StandardCharsets.UTF_8);
        LoadFile tap =
                local.publish(
                        "curated/2.parquet",
                        wide,
                        new Row(
                                values,
                                page.eventHour(),
                                page.eventMicros(),
                                page.receivedMicros()));
        LoadFile before = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile after = local.publish("curated/3.parquet", Fixtures.pageView("e3"));

        assertThat(local.warehouse.load(local.batch("b1", 1, before)))
                .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
        assertThat(local.warehouse.load(local.batch("b2", 1, tap)))
                .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
        assertThat(local.warehouse.load(local.batch("b3", 1, after)))
                .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));

        assertThat(local.query("SELECT event_id, tap_force, tap_all.force FROM events ORDER BY 1"))
                .isEqualTo("e1|null|null\ne2|3|3\ne3|null|null");
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE events DROP COLUMN tap_force");
            statement.execute("ALTER TABLE events DROP COLUMN tap_all");
        }
    }

    private static Row row(SectionedEvent event) {
        return ((MappedEvent.Fits) new RowMapper(LocalWarehouse.TABLE).map(Fixtures.ACME, event))
                .row();
    }

    @Test
    void countsThatDifferRollEverythingBack() throws SQLException {
        LoadFile file = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile lying =
                new LoadFile(
                        LoadTable.EVENTS,
                        file.key(),
                        Layouts.BUNDLED,
                        2,
                        file.bytes(),
                        file.minEventTs(),
                        file.maxEventTs(),
                        file.minReceivedTs(),
                        file.maxReceivedTs(),
                        file.createdAt());

        LoadOutcome outcome = local.warehouse.load(local.batch("b1", 1, lying));

        assertThat(outcome)
                .isEqualTo(
                        new LoadOutcome.Refused("the files hold 1 rows, their writers counted 2"));
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("0");
        assertThat(local.query("SELECT COUNT(*) FROM load_ledger")).isEqualTo("0");
    }

    @Test
    void timesAreUtcEvenInAnHourThatTheMachineSkips() throws SQLException {
        Instant skipped = Instant.parse("2026-03-08T02:30:00.123456Z");
        LoadFile file = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile then =
                new LoadFile(
                        LoadTable.EVENTS,
                        file.key(),
                        Layouts.BUNDLED,
                        file.rows(),
                        file.bytes(),
                        skipped,
                        skipped,
                        skipped,
                        skipped,
                        skipped);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            local.warehouse.load(local.batch("b1", 1, then));
        } finally {
            TimeZone.setDefault(before);
        }

        assertThat(local.query("SELECT min_received_ts FROM load_batches"))
                .isEqualTo("2026-03-08 02:30:00.123456");
    }

    @Test
    void aWarehouseThatIsAwayIsATransientFailureAndComesBack() {
        LoadFile file = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadBatch batch = local.batch("b1", 1, file);
        local.redshift.pause();
        try {
            assertThatThrownBy(() -> local.warehouse.load(batch))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("batch b1");
        } finally {
            local.resume();
        }

        // The pool may hand out a connection that is gone.
        await().ignoreExceptionsInstanceOf(TransientFailure.class)
                .untilAsserted(
                        () ->
                                assertThat(local.warehouse.load(batch))
                                        .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0)));
    }
}
