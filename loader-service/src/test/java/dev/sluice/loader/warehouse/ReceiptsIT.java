package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.queue.LoadFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the load transaction makes of copies, and that its counts are a full count's.
class ReceiptsIT {

    private static final Instant FIRST = Fixtures.RECEIVED;
    private static final Instant AGAIN = FIRST.plusSeconds(70);

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

    /// Whatever a test has loaded: the counts are those of the tables.
    @AfterEach
    void theBooksAreAFullCount() throws SQLException {
        String byMinute =
                "SELECT DATE_TRUNC('minute', received_ts), tenant_id, COUNT(*) FROM %s GROUP BY 1, 2"
                        + " ORDER BY 1, 2";
        String booked =
                "SELECT minute_ts, tenant_id, %1$s FROM pipeline_books WHERE %1$s > 0 ORDER BY 1, 2";
        assertThat(local.query(booked.formatted("loaded")))
                .isEqualTo(local.query(byMinute.formatted("events")));
        assertThat(local.query(booked.formatted("duplicates")))
                .isEqualTo(local.query(byMinute.formatted("duplicate_receipts")));
        assertThat(local.query("SELECT COUNT(*) FROM events"))
                .isEqualTo(
                        local.query(
                                "SELECT COUNT(*) FROM (SELECT DISTINCT tenant_id, event_id FROM"
                                        + " events) AS ids"));
        assertThat(
                        local.query(
                                "SELECT NVL(SUM(inserted_rows), 0), NVL(SUM(duplicate_rows), 0) FROM"
                                        + " load_batches"))
                .isEqualTo(
                        local.query(
                                "SELECT NVL(SUM(inserted_rows), 0), NVL(SUM(duplicate_rows), 0) FROM"
                                        + " load_counts"));
    }

    @Test
    void eventsWithoutCopiesAreNew() throws SQLException {
        assertThat(load(at("e1", FIRST), at("e2", AGAIN))).isEqualTo(loaded(2, 2, 0, 0));

        assertThat(local.query("SELECT minute_ts, loaded FROM pipeline_books ORDER BY 1"))
                .isEqualTo("2026-11-21 10:00:00|1\n2026-11-21 10:01:00|1");
    }

    @Test
    void theSameRowsInAFileOfAnotherNameAreReplays() throws SQLException {
        load(at("e1", FIRST), at("e2", AGAIN));

        assertThat(load(at("e1", FIRST), at("e2", AGAIN))).isEqualTo(loaded(2, 0, 0, 2));
        assertThat(local.query("SELECT replayed_rows FROM load_batches WHERE batch_id = 'b2'"))
                .isEqualTo("2");
        assertThat(local.query("SELECT COUNT(*) FROM load_counts WHERE batch_id = 'b2'"))
                .isEqualTo("0");
    }

    @Test
    void theSameFileTwiceUnderTwoNamesInOneBatchIsOneRowAndAReplay() throws SQLException {
        LoadFile one = local.publish("curated/one.parquet", at("e1", FIRST));
        LoadFile two = local.publish("curated/two.parquet", at("e1", FIRST));

        assertThat(local.warehouse.load(local.batch("b1", 1, one, two)))
                .isEqualTo(loaded(2, 1, 0, 1));
    }

    @Test
    void anotherReceiptInTheSameBatchIsADuplicateWhicheverComesFirst() throws SQLException {
        assertThat(load(at("e1", AGAIN), at("e1", FIRST))).isEqualTo(loaded(2, 1, 1, 0));

        assertThat(local.query("SELECT received_ts FROM events"))
                .isEqualTo("2026-11-21 10:00:00.123456");
        assertThat(local.query("SELECT received_ts, first_received_ts FROM duplicate_receipts"))
                .isEqualTo("2026-11-21 10:01:10.123456|2026-11-21 10:00:00.123456");
    }

    @Test
    void aCopyIsFoundThoughItsTimeWasCorrectedALittleDifferently() throws SQLException {
        load(Fixtures.event("e1", "search", Duration.ofSeconds(75), "{}"));

        assertThat(load(at("e1", AGAIN), at("e2", AGAIN))).isEqualTo(loaded(2, 1, 1, 0));
    }

    @Test
    void aCopyIsLookedForAmongRowsThatHappenedWithinTheMarginOnly() throws SQLException {
        load(at("e1", FIRST), at("e2", FIRST));
        Instant inTime = FIRST.plus(LocalWarehouse.COPY_MARGIN);
        Instant tooLate = inTime.plusSeconds(1);

        assertThat(load(at("e1", inTime))).isEqualTo(loaded(1, 0, 1, 0));
        assertThat(load(at("e2", tooLate))).isEqualTo(loaded(1, 1, 0, 0));
        assertThat(local.query("SELECT COUNT(*) FROM events WHERE event_id = 'e2'")).isEqualTo("2");
        local.empty();
    }

    @Test
    void aReplayRestatesARowThatItPutsHoursAwayBesideOthersThatStay() throws SQLException {
        load(at("e1", FIRST), at("e2", FIRST));

        assertThat(
                        replay(
                                Fixtures.event("e1", "search", Duration.ofHours(2), "{}"),
                                Fixtures.event("e2", "login", Duration.ofSeconds(1), "{}"),
                                at("e3", FIRST)))
                .isEqualTo(loaded(3, 1, 0, 2));
        assertThat(
                        local.query(
                                "SELECT event_id, event_type, DATEDIFF(second, event_ts, received_ts)"
                                        + " FROM events ORDER BY 1"))
                .isEqualTo("e1|search|7200\ne2|login|1\ne3|search|1");
    }

    @Test
    void anotherReceiptInALaterBatchIsADuplicateAndLeavesTheRowAsItIs() throws SQLException {
        load(at("e1", FIRST));
        String row = local.query("SELECT received_ts, event_ts, loaded_ts FROM events");

        assertThat(load(at("e1", AGAIN), at("e2", AGAIN))).isEqualTo(loaded(2, 1, 1, 0));
        assertThat(
                        local.query(
                                "SELECT received_ts, event_ts, loaded_ts FROM events WHERE event_id"
                                        + " = 'e1'"))
                .isEqualTo(row);
    }

    @Test
    void anEarlierReceiptThatComesLaterIsTheDuplicate() throws SQLException {
        load(at("e1", AGAIN));

        assertThat(load(at("e1", FIRST))).isEqualTo(loaded(1, 0, 1, 0));
        assertThat(local.query("SELECT received_ts FROM events"))
                .isEqualTo("2026-11-21 10:01:10.123456");
    }

    @Test
    void aReplayedDuplicateCountsOnce() throws SQLException {
        load(at("e1", FIRST), at("e1", AGAIN), at("e1", AGAIN));

        assertThat(load(at("e1", FIRST), at("e1", AGAIN))).isEqualTo(loaded(2, 0, 0, 2));
        assertThat(load(at("e1", AGAIN), at("e1", AGAIN.plusSeconds(1))))
                .isEqualTo(loaded(2, 0, 1, 1));
        assertThat(local.query("SELECT SUM(duplicate_rows), SUM(replayed_rows) FROM load_batches"))
                .isEqualTo("2|4");
    }

    @Test
    void theSameIdOfTwoTenantsIsTwoEvents() throws SQLException {
        assertThat(
                        load(
                                Fixtures.search("acme", "e1", FIRST),
                                Fixtures.search("globex", "e1", AGAIN)))
                .isEqualTo(loaded(2, 2, 0, 0));

        assertThat(local.query("SELECT tenant_id, loaded FROM pipeline_books ORDER BY 1"))
                .isEqualTo("acme|1\nglobex|1");
    }

    @Test
    void theReplayThatWasEnrichedLastSpeaksForAnEventInOneBatch() throws SQLException {
        SectionedEvent mended =
                Fixtures.event(
                        "e1",
                        "page_view",
                        Duration.ofSeconds(1),
                        "{\"context\":{\"page\":{\"url\":\"https://mended.example/\"}}}",
                        "2026-11-21T10:05:00Z");

        load(mended, Fixtures.pageView("e1"));

        assertThat(local.query("SELECT page_url FROM events")).isEqualTo("https://mended.example/");
    }

    @Test
    void whateverIsLoadedInWhateverBatchesTheBooksAreAFullCount() throws SQLException {
        Random dice = new Random(7);
        for (int batch = 0; batch < 6; batch++) {
            List<SectionedEvent> events = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                events.add(
                        Fixtures.search(
                                dice.nextBoolean() ? "acme" : "globex",
                                "e" + dice.nextInt(40),
                                FIRST.plusSeconds(dice.nextInt(4) * 45L)));
            }
            load(
                    dice.nextBoolean() ? "curated" : LoadFile.REPLAYED + "events",
                    events.toArray(SectionedEvent[]::new));
        }

        assertThat(
                        local.query(
                                "SELECT SUM(staged_rows), SUM(inserted_rows + duplicate_rows +"
                                        + " replayed_rows) FROM load_batches"))
                .isEqualTo("360|360");
    }

    private LoadOutcome load(SectionedEvent... events) {
        return load("curated", events);
    }

    private LoadOutcome replay(SectionedEvent... events) {
        return load(LoadFile.REPLAYED + "events", events);
    }

    private LoadOutcome load(String prefix, SectionedEvent... events) {
        loads++;
        LoadFile file = local.publish(prefix + "/" + loads + ".parquet", events);
        return local.warehouse.load(local.batch("b" + loads, 1, file));
    }

    private static SectionedEvent at(String eventId, Instant received) {
        return Fixtures.search("acme", eventId, received);
    }

    private static LoadOutcome loaded(long staged, long inserted, long duplicates, long replayed) {
        return new LoadOutcome.Loaded(staged, inserted, duplicates, replayed);
    }
}
