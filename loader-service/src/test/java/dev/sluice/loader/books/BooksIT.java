package dev.sluice.loader.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.quarantine.Refused;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Pages of the stages become a balance, and one that is uneven is told.
class BooksIT {

    private static final Instant MINUTE = Instant.parse("2026-11-21T10:00:00Z");
    private static final String BOOKS =
            "SELECT minute_ts, tenant_id, accepted, loaded, quarantined, duplicates, suppressed,"
                    + " difference FROM pipeline_books ORDER BY 1, 2";
    private static final BooksTiming TIMING =
            new BooksTiming(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2),
                    Duration.ofHours(72),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofHours(24),
                    Duration.ofDays(400));

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final StoredPages store = new StoredPages();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = MINUTE.plus(Duration.ofMinutes(1));
    private boolean leads = true;
    private BooksLoop loop = loop();

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
    void everyEventIsInOneColumnOfTheBalance() throws SQLException {
        local.warehouse.load(
                local.batch(
                        "b1",
                        1,
                        local.publish(
                                "curated/1.parquet",
                                Fixtures.search("acme", "e1", MINUTE.plusSeconds(1)),
                                Fixtures.search("acme", "e2", MINUTE.plusSeconds(2)),
                                Fixtures.search("acme", "e2", MINUTE.plusSeconds(3)))));
        local.warehouse.load(
                local.batch(
                        "b2",
                        1,
                        local.publish(
                                "curated/2.parquet",
                                List.of(
                                        Refused.event(1, "{}"),
                                        Refused.event(2, "{}"),
                                        Refused.event(3, "{}"),
                                        Refused.event(4, "{}")))));
        store.put(
                List.of(
                        page("collector", "host-1", "1", "9", counts(6, 0, 0, 0)),
                        page("collector", "host-2", "1", "9", counts(4, 0, 0, 0)),
                        page("validator", "shard-1", "1", "9", counts(6, 2, 1, 0)),
                        page("validator", "shard-2", "1", "9", counts(1, 0, 0, 0)),
                        page("enricher", "shard-1", "1", "9", counts(4, 1, 0, 2)),
                        page("loader", "shard-1", "1", "9", counts(3, 1, 0, 0))));

        loop.turn();

        assertThat(local.query(BOOKS)).isEqualTo("2026-11-21 10:00:00|acme|10|2|4|2|2|0");
        assertThat(
                        local.query(
                                "SELECT stage, received, published, rejected, duplicates, suppressed,"
                                        + " replayed FROM pipeline_stages ORDER BY CASE stage WHEN"
                                        + " 'collector' THEN 1 WHEN 'validator' THEN 2 WHEN"
                                        + " 'enricher' THEN 3 WHEN 'loader' THEN 4 WHEN 'warehouse' THEN 5 ELSE 6 END"))
                .isEqualTo(
                        """
                        collector|10|10|0|0|0|14
                        validator|10|7|2|1|0|14
                        enricher|7|4|1|0|2|7
                        loader|4|3|1|0|0|7
                        warehouse|3|2|0|1|0|0
                        quarantine|4|0|0|0|0|0""");
    }

    @Test
    void whatTheValidatorReceivedWasAcceptedEvenIfItsCollectorDiedBeforeItTold()
            throws SQLException {
        store.put(
                List.of(
                        page("collector", "host-1", "1", "9", counts(2, 0, 0, 0)),
                        page("validator", "shard-1", "1", "9", counts(1, 2, 0, 0))));

        loop.turn();

        assertThat(local.query(BOOKS)).isEqualTo("2026-11-21 10:00:00|acme|3|0|0|0|0|3");
    }

    @Test
    void aLaterStateOfAPageReplacesItAndAnEarlierOneDoesNot() throws SQLException {
        String up = "SELECT SUM(received), MIN(up_to), MAX(up_to) FROM pipeline_counts";
        store.put(List.of(page("validator", "s", "1", "99", counts(1, 0, 0, 0))));
        loop.turn();
        assertThat(local.query(up)).isEqualTo("1|99|99");

        store.put(List.of(page("validator", "s", "1", "100", counts(5, 1, 0, 0))));
        loop.turn();
        assertThat(local.query(up)).isEqualTo("6|100|100");

        store.put(List.of(page("validator", "s", "1", "99", counts(1, 0, 0, 0))));
        loop.turn();
        assertThat(local.query(up)).isEqualTo("6|100|100");
        assertThat(meters.counter("sluice.books.pages").count()).isEqualTo(2);
    }

    @Test
    void aPageThatWasOpenedAgainIsAnotherPage() throws SQLException {
        store.put(
                List.of(
                        page("validator", "s", "1", "5", counts(1, 0, 0, 0)),
                        page("validator", "s", "7", "9", counts(2, 0, 0, 0))));

        loop.turn();
        loop.turn();

        assertThat(local.query("SELECT received FROM pipeline_stages")).isEqualTo("3");
    }

    @Test
    void morePagesThanOneStatementTakesAreCopied() throws SQLException {
        Map<String, BookCounts> tenants = new HashMap<>();
        IntStream.range(0, 1_001).forEach(i -> tenants.put("t" + i, counts(1, 0, 0, 0)));
        store.put(
                List.of(
                        new BookPage(
                                "validator",
                                "s",
                                MINUTE,
                                SequenceNumber.of("1"),
                                SequenceNumber.of("2"),
                                tenants)));

        loop.turn();

        assertThat(local.query("SELECT COUNT(*), SUM(accepted) FROM pipeline_books"))
                .isEqualTo("1001|1001");
    }

    @Test
    void aCopyAsksFromTheLastOneOnAndAfterARestartFromWhatTheTableSays() {
        store.put(List.of(page("validator", "s", "1", "5", counts(1, 0, 0, 0))));
        loop.turn();
        Instant first = now;
        now = now.plusSeconds(10);
        loop.turn();
        now = now.plusSeconds(10);
        loop = loop();
        loop.turn();
        now = now.plus(Duration.ofDays(9));
        loop = loop();
        loop.turn();

        assertThat(store.asked)
                .containsExactly(
                        first.minus(TIMING.history()),
                        first.minus(TIMING.overlap()),
                        first.minus(TIMING.overlap()),
                        now.minus(TIMING.history()));
    }

    @Test
    void aCopyThatFailsIsSaidAndAskedForAgain() {
        loop.turn();
        Instant last = now;
        now = now.plusSeconds(10);
        store.failure = new TransientFailure("table sluice-books: away");

        loop.turn();
        now = now.plusSeconds(10);
        loop.turn();

        assertThat(loop.health().up()).isTrue();
        assertThat(loop.health().why())
                .isEqualTo("the copy of the books fails: table sluice-books: away");
        assertThat(meters.counter("sluice.books.failures", "step", "copy").count()).isEqualTo(2);
        assertThat(meters.get("sluice.books.copy.age").timeGauge().value()).isEqualTo(20);

        store.failure = null;
        loop.turn();

        assertThat(store.asked.getLast()).isEqualTo(last.minus(TIMING.overlap()));
        assertThat(loop.health().why()).isEmpty();
    }

    @Test
    void ofACopyThatStopsHalfwayNothingIsThere() throws SQLException {
        store.put(
                List.of(
                        page("validator", "s", "1", "5", counts(1, 0, 0, 0)),
                        page("validator", "t", "1", "5", counts(1, 0, 0, 0))));
        store.failureAtTheEnd = new TransientFailure("table sluice-books: away");
        loop.turn();

        assertThat(local.query("SELECT COUNT(*) FROM pipeline_counts")).isEqualTo("0");

        store.failureAtTheEnd = null;
        loop.turn();

        assertThat(local.query("SELECT COUNT(*) FROM pipeline_counts")).isEqualTo("2");
    }

    @Test
    void aPageOfAMinuteThatIsNoTimestampHoldsUpNoOther() throws SQLException {
        store.put(
                List.of(
                        minute(
                                Instant.parse("+12026-11-21T10:00:00Z"),
                                page("validator", "s", "1", "5", counts(1, 0, 0, 0))),
                        minute(
                                Instant.parse("-0044-03-15T10:00:00Z"),
                                page("validator", "s", "1", "5", counts(1, 0, 0, 0))),
                        minute(
                                Instant.parse("0001-01-01T00:00:00Z"),
                                page("validator", "s", "1", "5", counts(1, 0, 0, 0))),
                        minute(
                                Instant.parse("9999-12-31T23:59:00Z"),
                                page("validator", "s", "1", "5", counts(1, 0, 0, 0))),
                        page("validator", "s", "1", "5", counts(1, 0, 0, 0))));

        loop.turn();

        assertThat(local.query("SELECT minute_ts FROM pipeline_counts ORDER BY 1"))
                .isEqualTo("2026-11-21 10:00:00\n9999-12-31 23:59:00");
        assertThat(meters.counter("sluice.books.pages.left.out").count()).isEqualTo(2);
        assertThat(loop.health().why()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheRetentionGoesADayAnHour() throws SQLException {
        receivedTwice(MINUTE.minus(Duration.ofDays(2)), "e1");
        receivedTwice(MINUTE, "e2");
        receivedTwice(MINUTE.plus(Duration.ofDays(3)), "e3");
        store.put(List.of());

        now = MINUTE.plus(TIMING.retention()).plusSeconds(60);
        loop.turn();
        assertThat(rows()).isEqualTo("2|2|2|2|2");

        now = now.plus(Duration.ofMinutes(59));
        loop.turn();
        assertThat(rows()).isEqualTo("2|2|2|2|2");

        now = now.plus(Duration.ofMinutes(1));
        loop.turn();
        now = now.plus(Duration.ofHours(1));
        loop.turn();

        assertThat(rows()).isEqualTo("1|1|1|1|1");
        assertThat(local.query("SELECT MIN(minute_ts) FROM load_counts"))
                .isEqualTo("2026-11-24 10:00:00");
    }

    @Test
    void aWarehouseThatIsAwayKeepsItsOldRows() throws SQLException {
        OldCounts old = new OldCounts(local.dataSource);
        local.redshift.pause();
        try {
            assertThatThrownBy(() -> old.delete(MINUTE))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("pipeline_counts");
        } finally {
            local.resume();
        }
    }

    @Test
    void anOldMinuteThatDoesNotBalanceIsToldUntilItDoes() {
        store.put(
                List.of(
                        page("validator", "s", "1", "5", counts(3, 0, 0, 0)),
                        minute(
                                MINUTE.plusSeconds(60),
                                page("validator", "s", "6", "8", counts(4, 0, 0, 0)))));
        now = MINUTE.plus(Duration.ofMinutes(11)).minusMillis(1);
        loop.turn();
        assertThat(imbalance()).containsExactly(0, 0);

        now = MINUTE.plus(Duration.ofMinutes(12)).minusMillis(1);
        loop.turn();

        assertThat(imbalance()).containsExactly(3, 1);
        assertThat(loop.health().up()).isTrue();
        assertThat(loop.health().why()).contains("3 events in 1 minutes");
        assertThat(loop.health().details().get("uneven"))
                .isEqualTo("[2026-11-21T10:00:00Z acme 3]");

        store.put(
                List.of(
                        page("validator", "s", "1", "9", counts(0, 0, 3, 0)),
                        minute(
                                MINUTE.plusSeconds(60),
                                page("validator", "s", "6", "9", counts(0, 0, 4, 0)))));
        now = now.plus(Duration.ofMinutes(1));
        loop.turn();

        assertThat(imbalance()).containsExactly(0, 0);
        assertThat(loop.health().why()).isEmpty();
    }

    @Test
    void rowsNobodyAcceptedAreAnImbalanceTooAndDoNotOffsetMissingOnes() throws SQLException {
        local.warehouse.load(
                local.batch(
                        "b1",
                        1,
                        local.publish("curated/1.parquet", Fixtures.search("acme", "e1", MINUTE))));
        store.put(
                List.of(
                        new BookPage(
                                "validator",
                                "s",
                                MINUTE,
                                SequenceNumber.of("1"),
                                SequenceNumber.of("2"),
                                Map.of("", counts(1, 0, 0, 0)))));
        now = MINUTE.plus(Duration.ofHours(1));

        loop.turn();

        assertThat(imbalance()).containsExactly(2, 1);
        assertThat(loop.health().details().get("uneven"))
                .isEqualTo("[2026-11-21T10:00:00Z (no tenant) 1, 2026-11-21T10:00:00Z acme -1]");
    }

    @Test
    void minutesOlderThanADayAreHistory() {
        store.put(List.of(page("validator", "s", "1", "5", counts(3, 0, 0, 0))));
        now = MINUTE.plus(Duration.ofHours(25));

        loop.turn();

        assertThat(imbalance()).containsExactly(0, 0);
    }

    @Test
    void whoDoesNotLeadNeitherCopiesNorAlarms() {
        store.put(List.of(page("validator", "s", "1", "5", counts(3, 0, 0, 0))));
        now = MINUTE.plus(Duration.ofHours(1));
        loop.turn();
        assertThat(imbalance()).containsExactly(3, 1);

        leads = false;
        loop.turn();

        assertThat(store.asked).hasSize(1);
        assertThat(imbalance()).containsExactly(0, 0);
        assertThat(meters.get("sluice.books.copy.age").timeGauge().value()).isZero();
        assertThat(loop.health().details()).isEmpty();
    }

    @Test
    void aWarehouseThatIsAwayIsATransientFailure() {
        BooksCopy copy =
                new BooksCopy(
                        store, local.dataSource, TIMING.overlap(), TIMING.history(), () -> now);
        store.put(List.of(page("validator", "s", "1", "5", counts(3, 0, 0, 0))));
        local.redshift.pause();
        try {
            assertThatThrownBy(() -> copy.copy(MINUTE))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("pipeline_counts");
        } finally {
            local.resume();
        }
    }

    private BooksLoop loop() {
        meters.clear();
        return new BooksLoop(
                () -> leads,
                new BooksCopy(
                        store, local.dataSource, TIMING.overlap(), TIMING.history(), () -> now),
                new BalanceCheck(local.dataSource),
                new OldCounts(local.dataSource),
                TIMING,
                () -> now,
                meters);
    }

    /// A row in each table of the books and of the quarantine.
    private void receivedTwice(Instant at, String event) throws SQLException {
        local.warehouse.load(
                local.batch(
                        "b-" + event,
                        1,
                        local.publish(
                                "curated/" + event + ".parquet",
                                Fixtures.search("acme", event, at),
                                Fixtures.search("acme", event, at.plusSeconds(1)))));
        store.put(List.of(minute(at, page("loader", "s", "1", "5", counts(2, 0, 0, 0)))));
        now = at.plusSeconds(5);
        loop.turn();
        String time = "CAST('" + at.toString().replace("Z", "") + "' AS TIMESTAMP)";
        execute(
                "INSERT INTO quarantined_events (quarantine_id, stage, reason, message,"
                        + " received_ts, quarantined_ts, object_key) VALUES ('%1$s', 'validator',"
                                .formatted(event)
                        + " 'malformed', 'no JSON', %1$s, %1$s, 'o')".formatted(time));
        execute(
                ("INSERT INTO quarantine_releases (quarantine_id, received_ts, released_as,"
                                + " loaded_ts) VALUES ('r-%s', %s, 'loaded', GETDATE())")
                        .formatted(event, time));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String rows() throws SQLException {
        return local.query(
                "SELECT (SELECT COUNT(*) FROM pipeline_counts), (SELECT COUNT(*) FROM load_counts),"
                        + " (SELECT COUNT(*) FROM duplicate_receipts), (SELECT COUNT(*) FROM"
                        + " quarantined_events), (SELECT COUNT(*) FROM quarantine_releases)");
    }

    private List<Integer> imbalance() {
        return List.of(
                (int) meters.get("sluice.books.imbalance").gauge().value(),
                (int) meters.get("sluice.books.imbalance.minutes").gauge().value());
    }

    private static BookPage page(
            String stage, String shard, String from, String upTo, BookCounts counts) {
        return new BookPage(
                stage,
                shard,
                MINUTE,
                SequenceNumber.of(from),
                SequenceNumber.of(upTo),
                Map.of("acme", counts));
    }

    private static BookPage minute(Instant minute, BookPage page) {
        return new BookPage(
                page.stage(), page.shard(), minute, page.from(), page.upTo(), page.counts());
    }

    private static BookCounts counts(
            long published, long rejected, long duplicates, long suppressed) {
        long received = published + rejected + duplicates + suppressed;
        return new BookCounts(new Tally(received, published, rejected, duplicates, suppressed), 7);
    }
}
