package dev.sluice.loader.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.loader.warehouse.WarehouseTime;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of the warehouse become counts, and an hour that is not like others is told to its owner.
class QualityIT {

    private static final QualityTiming TIMING =
            new QualityTiming(Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1), 28);
    private static final QualityLimits LIMITS = new QualityLimits(10, 2, 5, 0.02, 0.1);
    private static final String FINDINGS =
            "SELECT signal, tenant_id, source_id, event_type, version, field, observed, usual,"
                    + " owner_team, closed_ts IS NULL FROM quality_findings ORDER BY 1, 4, 6";

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final KnownTypes known = new KnownTypes(ContractCatalog.bundled());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    // Far from the edges of the last hour, whatever time it is.
    private final Instant received =
            Instant.now().minus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.MILLIS);
    private Instant now = Instant.now();
    private boolean leads = true;
    private int files;
    private final QualityLoop loop = loop();

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
    void countsWhatWasReceivedInASlotAndAgainWhenMoreOfItIsLoaded() throws SQLException {
        load(searches(3, "{\"properties\":{\"query\":\"boots\"}}"));
        refuse(2, "search", "search/1-0-0");

        look();

        String types =
                "SELECT slot_ts, tenant_id, source_id, event_type, version, loaded, rejected FROM"
                        + " quality_types";
        String slot = WarehouseTime.text(Slots.of(received)).substring(0, 19);
        assertThat(local.query(types)).isEqualTo(slot + "|acme|web|search|1-0-0|3|2");
        assertThat(presence("search_query")).isEqualTo("3|3");
        assertThat(presence("search_sort")).isEqualTo("3|0");
        assertThat(presence("order_id")).isEmpty();

        load(searches(4, "{\"properties\":{}}"));
        look();

        assertThat(local.query(types)).isEqualTo(slot + "|acme|web|search|1-0-0|7|2");
        assertThat(presence("search_query")).isEqualTo("7|3");
    }

    @Test
    void eventsThatAreMissingAreToldToTheOwnerOfTheirContractUntilTheyAreThere()
            throws SQLException {
        usually("search", 100, 0);
        load(searches(20, "{}"));

        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("volume|acme||search|||20.0|100.0|web-platform|t");
        assertThat(open("volume", "search", "web-platform")).isEqualTo(1);

        load(searches(60, "{}"));
        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("volume|acme||search|||20.0|100.0|web-platform|f");
        assertThat(meters.find("sluice.quality.findings").gauges()).isEmpty();
        assertThat(
                        meters.get("sluice.quality.events")
                                .tags("event_type", "search", "owner", "web-platform")
                                .gauge()
                                .value())
                .isEqualTo(80);
    }

    @Test
    void aTypeThatNobodySendsAnyMoreIsTold() throws SQLException {
        usually("search", 100, 0);
        load(events("purchase", 1, "{}"));

        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("volume|acme||search|||0.0|100.0|web-platform|t");
    }

    @Test
    void eventsThatAreOnTheirWayAreNotMissing() throws SQLException {
        usually("search", 100, 0);
        load(searches(20, "{}"));
        execute(
                "INSERT INTO pipeline_counts VALUES ('collector', 'host', CAST('%s' AS TIMESTAMP),"
                        + " '1', 'acme', '9', 100, 100, 0, 0, 0, 0, GETDATE())",
                WarehouseTime.text(received.truncatedTo(ChronoUnit.MINUTES)));

        look();

        assertThat(local.query(FINDINGS)).isEmpty();
    }

    @Test
    void aFieldThatIsMissingIsTold() throws SQLException {
        usually("search", 20, 0);
        for (int day = 1; day <= 4; day++) {
            execute(
                    "INSERT INTO quality_fields VALUES (CAST('%s' AS TIMESTAMP), 'acme', 'search',"
                            + " 'search_results_count', 20, 19)",
                    slot(day));
        }
        load(searches(10, "{\"properties\":{\"results_count\":3}}"));
        load(searches(10, "{\"properties\":{}}"));

        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("nulls|acme||search||search_results_count|0.5|0.05|web-platform|t");
        assertThat(
                        meters.get("sluice.quality.missing")
                                .tags("event_type", "search", "field", "search_results_count")
                                .gauge()
                                .value())
                .isEqualTo(0.5);
    }

    @Test
    void eventsThatAreRefusedMoreThanUsualAreToldByContract() throws SQLException {
        usually("search", 90, 10);
        load(searches(90, "{}"));
        refuse(10, "search", "search/1-0-0");
        look();
        assertThat(local.query(FINDINGS)).as("a tenth is usual here").isEmpty();

        refuse(20, "search", "search/1-0-0");
        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("rejections|acme|web|search|1-0-0||0.25|0.1|web-platform|t");
    }

    @Test
    void refusalsWithoutAContractAreAShareOfTheTypesEvents() throws SQLException {
        load(searches(95, "{}"));
        refuse(5, "search", null);

        look();

        assertThat(local.query(FINDINGS))
                .isEqualTo("rejections|acme|web|search|||0.05|0.0|web-platform|t");
    }

    @Test
    void aTypeThatNobodySentBeforeIsToldForADay() throws SQLException {
        load(searches(1, "{}"));
        refuse(1, "serach", null);

        look();

        assertThat(local.query(FINDINGS)).isEqualTo("unknown_type|acme||serach|||1.0|0.0|nobody|t");
        assertThat(open("unknown_type", "unknown", "nobody")).isEqualTo(1);

        now = now.plus(Duration.ofDays(1));
        load(searches(1, "{}"));
        look();

        assertThat(local.query(FINDINGS)).isEqualTo("unknown_type|acme||serach|||1.0|0.0|nobody|f");
    }

    @Test
    void aWarehouseThatIsAwayIsLookedAtAgainLater() throws SQLException {
        usually("search", 100, 0);
        load(searches(20, "{}"));
        local.redshift.pause();
        try {
            loop.turn();
        } finally {
            local.resume();
        }
        assertThat(loop.health().why()).contains("quality_slots");
        assertThat(meters.get("sluice.quality.failures").counter().count()).isEqualTo(1);

        now = now.plusSeconds(30);
        look();

        assertThat(loop.health().why()).isEmpty();
        assertThat(local.query("SELECT COUNT(*) FROM quality_findings")).isEqualTo("1");
    }

    @Test
    void whoeverDoesNotLeadTellsNothing() throws SQLException {
        usually("search", 100, 0);
        load(searches(20, "{}"));
        look();
        leads = false;

        loop.turn();

        assertThat(meters.find("sluice.quality.findings").gauges()).isEmpty();
        assertThat(meters.get("sluice.quality.age").timeGauge().value()).isZero();
    }

    @Test
    void aSecondLeaderGoesOnWithWhatTheFirstFound() throws SQLException {
        usually("search", 100, 0);
        load(searches(20, "{}"));
        look();

        loop().turn();

        assertThat(local.query("SELECT COUNT(*) FROM quality_findings")).isEqualTo("1");
    }

    private QualityLoop loop() {
        return new QualityLoop(
                () -> leads,
                new QualityCheck(local.dataSource, () -> known, LIMITS, TIMING),
                () -> known,
                TIMING,
                () -> now,
                meters);
    }

    /// Turns until all slots are counted, the first one perhaps on a connection that is gone.
    private void look() {
        if (now.isBefore(Instant.now())) {
            now = Instant.now();
        }
        for (int turn = 0; turn < 3; turn++) {
            loop.turn();
        }
    }

    private double open(String signal, String type, String owner) {
        return meters.get("sluice.quality.findings")
                .tags("signal", signal, "event_type", type, "owner", owner)
                .gauge()
                .value();
    }

    /// The hour had so many events on each of the last four days.
    private void usually(String type, int loaded, int rejected) throws SQLException {
        for (int day = 1; day <= 4; day++) {
            execute(
                    "INSERT INTO quality_types VALUES (CAST('%s' AS TIMESTAMP), 'acme', 'web', '%s',"
                            + " '1-0-0', %d, %d)",
                    slot(day), type, loaded, rejected);
        }
    }

    private String slot(int daysAgo) {
        return WarehouseTime.text(Slots.of(received).minus(Duration.ofDays(daysAgo)));
    }

    private String presence(String field) throws SQLException {
        return local.query(
                "SELECT events, present FROM quality_fields WHERE field = '%s'".formatted(field));
    }

    private List<SectionedEvent> searches(int count, String body) {
        return events("search", count, body);
    }

    private List<SectionedEvent> events(String type, int count, String body) {
        files++;
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                Fixtures.received(
                                        "acme",
                                        "e-" + files + "-" + i,
                                        received.plus(i, ChronoUnit.MICROS),
                                        type,
                                        body))
                .toList();
    }

    private void load(List<SectionedEvent> events) {
        String name = "b" + files;
        local.warehouse.load(
                local.batch(
                        name,
                        1,
                        local.publish(
                                "curated/" + name + ".parquet",
                                events.toArray(SectionedEvent[]::new))));
    }

    /// @param contract that was broken; null if there is none of the type
    private void refuse(int count, String type, @Nullable String contract) {
        files++;
        Rejection why =
                contract == null
                        ? new Rejection.UnknownType(type)
                        : new Rejection.ContractViolation(
                                contract, List.of(new Violation("/properties", "is missing")));
        List<QuarantineRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Receipt receipt =
                    Receipt.decode(
                            Fixtures.search("acme", "r-" + files + "-" + i, received).receipt());
            records.add(
                    QuarantineRecord.of(
                            "validator",
                            new QuarantineId("sluice-raw", "s", String.valueOf(files), i),
                            why,
                            receipt,
                            type,
                            contract,
                            received.plusSeconds(1),
                            "{}".getBytes(StandardCharsets.UTF_8)));
        }
        String name = "q" + files;
        local.warehouse.load(
                local.batch(name, 1, local.publish("curated/" + name + ".parquet", records)));
    }

    private static void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(values));
        }
    }
}
