package dev.sluice.loader.identities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.derived.DerivedTables;
import dev.sluice.loader.derived.Found;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.runtime.failure.TransientFailure;

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
import java.util.List;

/// Events become those of the person that their ids belong to.
class PersonRestatementIT {

    private static final String PERSONS =
            "SELECT event_id, person_id FROM events ORDER BY event_id";
    private static final Instant NOW = Fixtures.RECEIVED.plus(Duration.ofDays(1));

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean leads = true;
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
    void eventsOfTwoDevicesBeforeTheLoginBecomeTheUsers() throws SQLException {
        events(
                Fixtures.of("e1", "phone", null, "phone-own"),
                Fixtures.of("e2", "laptop", null, "laptop-own"),
                Fixtures.of("e3", "tv", null, "tv-own"),
                Fixtures.of("e4", "phone", "ann", "ann-own"));
        links(Found.link("phone", "ann-own", 0), Found.link("laptop", "ann-own", 5));
        assertThat(local.query("SELECT event_id, person_id FROM identified_events ORDER BY 1"))
                .isEqualTo("e1|ann-own\ne2|ann-own\ne3|tv-own\ne4|ann-own");
        assertThat(local.query(PERSONS))
                .isEqualTo("e1|phone-own\ne2|laptop-own\ne3|tv-own\ne4|ann-own");

        loop(100).turn();

        assertThat(local.query(PERSONS)).isEqualTo("e1|ann-own\ne2|ann-own\ne3|tv-own\ne4|ann-own");
        assertThat(meters.counter("sluice.identities.restated").count()).isEqualTo(2);
    }

    @Test
    void anotherTurnChangesNothing() throws SQLException {
        events(Fixtures.of("e1", "phone", null, "phone-own"));
        links(Found.link("phone", "ann-own", 0));
        IdentitiesLoop loop = loop(100);

        loop.turn();
        loop.turn();

        assertThat(meters.counter("sluice.identities.restated").count()).isEqualTo(1);
        assertThat(due()).isEqualTo("0");
    }

    @Test
    void moreEventsThanOneUpdateTakesAreRestatedInOneTurn() throws SQLException {
        events(
                Fixtures.of("e1", "phone", null, "phone-own"),
                Fixtures.of("e2", "phone", null, "phone-own"),
                Fixtures.of("e3", "laptop", null, "laptop-own"));
        links(Found.link("phone", "ann-own", 0), Found.link("laptop", "ann-own", 1));

        loop(1).turn();

        assertThat(local.query(PERSONS)).isEqualTo("e1|ann-own\ne2|ann-own\ne3|ann-own");
        assertThat(due()).isEqualTo("0");
    }

    @Test
    void anEventThatIsLateHasThePersonFromItsLoad() throws SQLException {
        links(Found.link("phone", "ann-own", 0));
        loop(100).turn();

        events(
                Fixtures.of("e1", "phone", null, "phone-own"),
                Fixtures.of("e2", "phone", "bob", "bob-own"));

        assertThat(local.query(PERSONS)).isEqualTo("e1|ann-own\ne2|bob-own");
    }

    @Test
    void aReplayOfWhatWasBeforeTheLoginDoesNotUndoIt() throws SQLException {
        SectionedEvent before = Fixtures.of("e1", "phone", null, "phone-own");
        events(before);
        links(Found.link("phone", "ann-own", 0));
        loop(100).turn();

        events(before);

        assertThat(local.query(PERSONS)).isEqualTo("e1|ann-own");
        assertThat(local.query("SELECT COUNT(*) FROM duplicate_receipts")).isEqualTo("0");
    }

    @Test
    void aDeviceThatTurnsOutToBeSharedGetsItsEventsBack() throws SQLException {
        events(
                Fixtures.of("e1", "phone", null, "phone-own"),
                Fixtures.of("e2", "phone", "ann", "ann-own"));
        links(Found.link("phone", "ann-own", 0));
        links(
                Found.link("phone", "bob-own", 1),
                Found.link("anonymous", "phone", "cid-own", "bob-own", 2, true));

        loop(100).turn();
        assertThat(local.query(PERSONS)).isEqualTo("e1|phone-own\ne2|ann-own");
        assertThat(
                        local.query(
                                "SELECT event_id, person_id, event_person_id FROM identified_events"
                                        + " ORDER BY 1"))
                .isEqualTo("e1|phone-own|phone-own\ne2|ann-own|ann-own");
    }

    @Test
    void anAliasMovesEventsOfTheUserAndOfItsDevices() throws SQLException {
        events(
                Fixtures.of("e1", "phone", null, "phone-own"),
                Fixtures.of("e2", "phone", "ann", "ann-own"));
        links(Found.link("phone", "ann-own", 0));
        loop(100).turn();
        links(Found.link("user", "ann", "anna-own", "ann-own", 9, false));

        loop(100).turn();

        assertThat(local.query(PERSONS)).isEqualTo("e1|anna-own\ne2|anna-own");
    }

    @Test
    void anIdThatGetsALinkDuringATurnStaysDue() throws SQLException {
        events(Fixtures.of("e1", "phone", null, "phone-own"));
        links(Found.link("phone", "ann-own", 0));
        PersonRestatement restatement =
                new PersonRestatement(
                        local.dataSource, new RestateLimits(Duration.ofDays(90), 10, 10));
        try (var connection = local.dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE load_fence");
            Thread turn = Thread.ofVirtual().start(() -> restatement.turn(NOW));
            // It has looked, and waits for the load to end.
            await().until(() -> !local.query(WAITING).equals("0"));
            statement.execute(
                    "UPDATE identity_persons SET person_id = 'bob-own', due_ts = due_ts + INTERVAL '1"
                            + " second'");
            connection.commit();
            turn.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(due()).isEqualTo("1");

        restatement.turn(NOW);

        assertThat(local.query(PERSONS)).isEqualTo("e1|bob-own");
        assertThat(due()).isEqualTo("0");
    }

    @Test
    void eventsFromBeforeTheLookbackAreLeft() throws SQLException {
        events(Fixtures.of("e1", "phone", null, "phone-own"));
        links(Found.link("phone", "ann-own", 0));

        new PersonRestatement(local.dataSource, new RestateLimits(Duration.ofHours(1), 10, 10))
                .turn(NOW);

        assertThat(local.query(PERSONS)).isEqualTo("e1|phone-own");
        assertThat(due()).isEqualTo("0");
    }

    @Test
    void aTaskThatDoesNotLeadRestatesNothing() throws SQLException {
        events(Fixtures.of("e1", "phone", null, "phone-own"));
        links(Found.link("phone", "ann-own", 0));
        leads = false;

        loop(100).turn();

        assertThat(local.query(PERSONS)).isEqualTo("e1|phone-own");
    }

    @Test
    void aWarehouseThatIsAwayIsSaidAndTheNextTurnGoesOn() throws SQLException {
        events(Fixtures.of("e1", "phone", null, "phone-own"));
        links(Found.link("phone", "ann-own", 0));
        IdentitiesLoop loop = loop(100);
        local.redshift.pause();
        try {
            loop.turn();

            assertThat(loop.health().up()).isTrue();
            assertThat(loop.health().why()).contains("events are not restated");
            assertThat(meters.counter("sluice.identities.failures").count()).isEqualTo(1);
            assertThatThrownBy(
                            () ->
                                    new PersonRestatement(
                                                    local.dataSource,
                                                    new RestateLimits(Duration.ofDays(1), 1, 1))
                                            .turn(NOW))
                    .isInstanceOf(TransientFailure.class);
        } finally {
            local.resume();
        }
        local.dataSource.getHikariPoolMXBean().softEvictConnections();
        await().untilAsserted(
                        () -> {
                            loop.turn();
                            assertThat(local.query(PERSONS)).isEqualTo("e1|ann-own");
                        });
        assertThat(loop.health().why()).isEmpty();
    }

    private static final String WAITING =
            "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation ="
                    + " CAST('load_fence' AS regclass)";

    private IdentitiesLoop loop(int maxEvents) {
        return new IdentitiesLoop(
                () -> leads,
                new PersonRestatement(
                        local.dataSource, new RestateLimits(Duration.ofDays(90), 10, maxEvents)),
                Duration.ofHours(1),
                () -> NOW,
                meters);
    }

    private static String due() throws SQLException {
        return local.query("SELECT COUNT(due_ts) FROM identity_persons");
    }

    private void events(SectionedEvent... events) {
        String key = "curated/e" + loads + System.nanoTime() + ".parquet";
        local.warehouse.load(local.batch("e" + loads++, 1, local.publish(key, events)));
    }

    private void links(IdentityLink... links) {
        String key = "curated/l" + loads + System.nanoTime() + ".parquet";
        local.warehouse.load(
                local.batch(
                        "l" + loads++,
                        1,
                        local.publish(key, DerivedTables.IDENTITIES, List.of(links))));
    }
}
