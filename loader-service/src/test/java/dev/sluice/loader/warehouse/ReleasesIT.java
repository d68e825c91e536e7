package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.quarantine.Refused;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// An event that is sent again from the quarantine leaves it when it is loaded, once, and the books
/// balance before and after.
class ReleasesIT {

    /// Received at the time and under the id of `Refused.event(1, ...)`.
    private static final SectionedEvent MENDED = Fixtures.search("acme", "e1", Fixtures.RECEIVED);

    @TempDir static Path folder;

    static LocalWarehouse local;

    private int batches;

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
    void aMendedEventIsARowAndNotInTheQuarantineAnyMore() throws SQLException {
        validated(2);
        quarantine(Refused.event(1, "{}"), Refused.event(2, "{}"));
        assertThat(books()).isEqualTo("2|0|2|0|0");

        validated(3);
        assertThat(books()).as("on its way").isEqualTo("3|0|2|0|1");
        load(MENDED);

        assertThat(books()).isEqualTo("2|1|1|0|0");
        assertThat(quarantined()).isEqualTo("e2");
        assertThat(releases()).isEqualTo("e1|loaded");
    }

    @Test
    void aRecordThatComesOnceMoreDoesNotComeBack() throws SQLException {
        validated(2);
        quarantine(Refused.event(1, "{}"));
        load(MENDED);

        quarantine(Refused.event(1, "{}"));
        load(MENDED);

        assertThat(books()).isEqualTo("1|1|0|0|0");
        assertThat(quarantined()).isEmpty();
        assertThat(releases()).isEqualTo("e1|loaded");
    }

    @Test
    void anEventThatIsRefusedAgainIsInTheQuarantineOnce() throws SQLException {
        validated(2);
        quarantine(Refused.event(1, "{}"));
        QuarantineRecord again = Refused.again(Refused.event(1, "{\"a\":1}"), 77);

        quarantine(again);

        assertThat(books()).isEqualTo("1|0|1|0|0");
        assertThat(local.query("SELECT quarantine_id FROM quarantined_events"))
                .isEqualTo(again.quarantineId());
        assertThat(releases()).isEqualTo("e1|refused_again");
    }

    /// As when the door has put a frame twice, since the first answer was lost.
    @Test
    void anEventThatIsRefusedTwiceInOneBatchIsInTheQuarantineOnce() throws SQLException {
        validated(2);
        QuarantineRecord first = Refused.event(1, "{}");
        QuarantineRecord again = Refused.again(first, 77);

        quarantine(first, again);
        quarantine(again, first);

        assertThat(books()).isEqualTo("1|0|1|0|0");
        assertThat(quarantined()).isEqualTo("e1");
        assertThat(releases()).isEqualTo("e1|refused_again");
    }

    @Test
    void anEventThatIsLoadedAlreadyLeavesAtOnceHoweverOftenItIsRefused() throws SQLException {
        validated(3);
        load(MENDED);

        quarantine(Refused.event(1, "{}"), Refused.again(Refused.event(1, "{}"), 77));

        assertThat(books()).isEqualTo("1|1|0|0|0");
        assertThat(quarantined()).isEmpty();
    }

    @Test
    void aMendedEventWhoseOtherCopyIsLoadedLeavesAsItsDuplicate() throws SQLException {
        validated(3);
        load(Fixtures.search("acme", "e1", Fixtures.RECEIVED.plusSeconds(2)));
        quarantine(Refused.event(1, "{}"));

        load(MENDED);

        assertThat(books()).isEqualTo("2|1|0|1|0");
        assertThat(quarantined()).isEmpty();
    }

    @Test
    void aRecordOfAnEventThatIsLoadedAlreadyLeavesAtOnce() throws SQLException {
        validated(2);
        load(MENDED);

        quarantine(Refused.event(1, "{}"), Refused.event(1, "{}"));

        assertThat(books()).isEqualTo("1|1|0|0|0");
        assertThat(quarantined()).isEmpty();
        assertThat(releases()).isEqualTo("e1|loaded");
    }

    @Test
    void aRecordOfAnErasedPersonIsCountedAndLeavesNothing() throws SQLException {
        validated(2);
        quarantine(Refused.event(2, "{}"));
        suppressed(Refused.event(1, "{}"));
        suppressed(Refused.event(1, "{}"));

        assertThat(books()).isEqualTo("2|0|1|0|0");
        assertThat(local.query("SELECT suppressed FROM pipeline_books WHERE tenant_id = 'acme'"))
                .isEqualTo("1");
        assertThat(
                        local.query(
                                "SELECT received, published, suppressed FROM pipeline_stages WHERE"
                                        + " stage = 'quarantine'"))
                .isEqualTo("2|0|1");
        assertThat(quarantined()).isEqualTo("e2");
        assertThat(releases()).isEqualTo("null|suppressed");
    }

    @Test
    void aRecordThatIsStagedWithItsContentAndWithoutIsSuppressed() throws SQLException {
        validated(1);
        batches++;
        local.warehouse.load(
                local.batch(
                        "q" + batches,
                        1,
                        local.publish("curated/kept.parquet", List.of(Refused.event(1, "{}"))),
                        local.publishSuppressed(
                                "curated/dropped.parquet", Refused.event(1, "{}"))));
        quarantine(Refused.event(1, "{}"));

        assertThat(books()).isEqualTo("1|0|0|0|0");
        assertThat(quarantined()).isEmpty();
        assertThat(releases()).isEqualTo("null|suppressed");
    }

    @Test
    void otherTenantsAndOtherReceiptsOfTheSameIdStay() throws SQLException {
        quarantine(Refused.event(1, "{}"));

        load(Fixtures.search("other", "e1", Fixtures.RECEIVED));
        load(Fixtures.search("acme", "e1", Fixtures.RECEIVED.plusSeconds(1)));

        assertThat(quarantined()).isEqualTo("e1");
    }

    /// What the validator says that it has received in the minute, all in all.
    private static void validated(int events) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM pipeline_counts");
            statement.execute(
                    ("INSERT INTO pipeline_counts VALUES ('validator', 's', CAST('2026-11-21"
                                    + " 10:00:00' AS TIMESTAMP), '1', 'acme', '2', %d, 0, 0, 0, 0, 0,"
                                    + " GETDATE())")
                            .formatted(events));
        }
    }

    private void quarantine(QuarantineRecord... records) {
        batches++;
        local.warehouse.load(
                local.batch(
                        "q" + batches,
                        1,
                        local.publish("curated/q" + batches + ".parquet", List.of(records))));
    }

    private void suppressed(QuarantineRecord record) {
        batches++;
        local.warehouse.load(
                local.batch(
                        "q" + batches,
                        1,
                        local.publishSuppressed("curated/q" + batches + ".parquet", record)));
    }

    private void load(SectionedEvent event) {
        batches++;
        local.warehouse.load(
                local.batch(
                        "e" + batches,
                        1,
                        local.publish("curated/e" + batches + ".parquet", event)));
    }

    private static String books() throws SQLException {
        return local.query(
                "SELECT accepted, loaded, quarantined, duplicates, difference FROM pipeline_books"
                        + " WHERE tenant_id = 'acme'");
    }

    private static String quarantined() throws SQLException {
        return local.query("SELECT event_id FROM quarantined_events ORDER BY 1");
    }

    private static String releases() throws SQLException {
        return local.query("SELECT event_id, released_as FROM quarantine_releases ORDER BY 1");
    }
}
