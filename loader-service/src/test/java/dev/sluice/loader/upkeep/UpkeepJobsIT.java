package dev.sluice.loader.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.reports.KnownEvents;
import dev.sluice.loader.warehouse.LoadOutcome;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.loader.warehouse.Warehouse;
import dev.sluice.runtime.failure.SetupFailure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Drift and latency, as the warehouse tells them.
class UpkeepJobsIT {

    private static final Instant NOW = Instant.parse("2026-11-21T10:10:00Z");

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KnownEvents known;
    private DriftCheck drift;

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
        known = new KnownEvents(local);
        drift =
                new DriftCheck(
                        local.dataSource,
                        () -> FileColumns.byTable(FileLayout.of(EventsTable.bundled())),
                        Duration.ofMinutes(5),
                        meters);
    }

    @Test
    void theMigratedTablesDoNotDiffer() {
        assertThat(drift.find()).isEmpty();
        assertThat(drift.turn(NOW, () -> true)).isEmpty();
    }

    @Test
    void aColumnThatSomebodyAddedIsHarmless() throws SQLException {
        known.execute("ALTER TABLE events ADD COLUMN scribble VARCHAR(16)");
        try {
            assertThat(drift.turn(NOW, () -> true)).isEmpty();
            assertThat(drift("harmless")).isEqualTo(1);
            assertThat(drift("breaking")).isZero();
        } finally {
            known.execute("ALTER TABLE events DROP COLUMN scribble");
        }
    }

    @Test
    void aNarrowerColumnHoldsTheLoadsUntilItIsMendedAndNothingIsSetAside() throws SQLException {
        LoadFile file = local.publish("curated/drift.parquet", Fixtures.pageView("e1"));
        Warehouse restarted = local.restarted();
        narrow("16");
        try {
            String finding =
                    "events.coupon is narrower: VARCHAR(256) in files, VARCHAR(16) in the table";
            assertThat(drift.turn(NOW, () -> true)).isEqualTo(finding);
            assertThat(drift("breaking")).isEqualTo(1);
            assertThatThrownBy(() -> restarted.load(local.batch("b1", 1, file)))
                    .isInstanceOf(SetupFailure.class)
                    .hasMessage(finding);
        } finally {
            narrow("256");
        }

        assertThat(restarted.load(local.batch("b2", 1, file)))
                .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
    }

    @Test
    void aColumnOfSessionsThatIsGoneIsTold() throws SQLException {
        known.execute("ALTER TABLE sessions RENAME COLUMN referrer TO referer");
        try {
            assertThat(drift.turn(NOW, () -> true))
                    .isEqualTo(
                            "sessions.referrer is missing: VARCHAR(4096) in files, nothing in the"
                                    + " table");
        } finally {
            known.execute("ALTER TABLE sessions RENAME COLUMN referer TO referrer");
        }
    }

    @Test
    void aColumnThatIsDroppedWhileLoadsRunIsAddedAgain() throws SQLException {
        LoadFile first = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile second = local.publish("curated/2.parquet", Fixtures.pageView("e2"));
        local.warehouse.load(local.batch("b1", 1, first));
        known.execute("ALTER TABLE events DROP COLUMN coupon");

        assertThatThrownBy(() -> local.warehouse.load(local.batch("b2", 1, second)))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("coupon");
        assertThat(local.warehouse.load(local.batch("b3", 1, second)))
                .isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
        assertThat(drift.find()).isEmpty();
    }

    @Test
    void latencyIsMeasuredOverTheEventsOfTheLastLoads() throws SQLException {
        for (int i = 1; i <= 100; i++) {
            known.add(
                    "2026-11-21 10:00:%02d".formatted(i % 60),
                    "page_view",
                    "loaded_ts",
                    "CAST('2026-11-21 10:09:00' AS TIMESTAMP)");
        }
        known.execute(
                "UPDATE events SET received_ts = DATEADD(millisecond, -100 * CAST(SUBSTRING(event_id, 2)"
                        + " AS INTEGER) - 100, CAST('2026-11-21 10:09:01' AS TIMESTAMP))");
        known.add(
                "2026-11-20 10:00:00",
                "page_view",
                "loaded_ts",
                "CAST('2026-11-21 10:09:00' AS TIMESTAMP)");
        known.execute(
                "INSERT INTO load_batches (batch_id, fence, file_count, staged_rows, inserted_rows,"
                        + " duplicate_rows, min_received_ts, max_received_ts, loaded_ts, committed_ts)"
                        + " VALUES ('b', 1, 1, 101, 101, 0, '2026-11-21 10:00:00', '2026-11-21"
                        + " 10:09:00', '2026-11-21 10:09:00', '2026-11-21 10:09:01')");
        LoadLatency latency =
                new LoadLatency(
                        local.dataSource, Duration.ofSeconds(30), Duration.ofMinutes(5), meters);
        latency.turn(NOW, () -> true);

        assertThat(seconds("0.5")).isEqualTo(5.05);
        assertThat(seconds("0.95")).isEqualTo(9.505);

        latency.turn(NOW.plus(Duration.ofHours(1)), () -> true);
        assertThat(seconds("0.95")).isZero();
    }

    /// Makes the column anew, since types of Redshift's columns cannot be made smaller.
    private void narrow(String bytes) throws SQLException {
        known.execute("ALTER TABLE events DROP COLUMN coupon");
        known.execute("ALTER TABLE events ADD COLUMN coupon VARCHAR(%s)".formatted(bytes));
    }

    private double drift(String effect) {
        return meters.get("sluice.drift").tag("effect", effect).gauge().value();
    }

    private double seconds(String quantile) {
        return meters.get("sluice.load.latency")
                        .tag("quantile", quantile)
                        .timeGauge()
                        .value(TimeUnit.MILLISECONDS)
                / 1000;
    }
}
