package dev.sluice.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.gdpr.derived.RedshiftIdentities;
import dev.sluice.gdpr.derived.RedshiftSessions;
import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.ErasableStoreKit;
import dev.sluice.gdpr.store.Subjects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// What an erasure does with the tables of what the enricher has made of events.
class RedshiftDerivedIT {

    private static final SubjectSecret SECRET =
            SubjectSecret.of("a secret of 32 bytes or more, or so");
    private static final String LONG = "x".repeat(256);

    @TempDir static Path folder;

    private static WarehouseFixture warehouse;

    @BeforeAll
    static void start() {
        warehouse = new WarehouseFixture(folder);
    }

    @AfterAll
    static void stop() {
        warehouse.close();
    }

    /// Rows of sessions.
    @Nested
    class Sessions extends ErasableStoreKit {

        private int sessions;

        @Override
        protected ErasableStore store() {
            return new RedshiftSessions(warehouse::connection, SECRET);
        }

        @Override
        protected void empty() throws SQLException {
            warehouse.execute("DELETE FROM sessions");
        }

        @Override
        protected void add(TenantId tenant, SubjectId id, Instant at) throws SQLException {
            add(tenant, id.kind().field(), id.value(), person(tenant, id), at);
        }

        @Override
        protected void fail(boolean failing) {
            fails(failing);
        }

        /// Of a device that was linked to her at that time.
        @Test
        void erasesSessionsThatWereHersByALink() throws SQLException {
            add(SHOP, "anonymous_id", "till", person(SHOP, user("ann")), THEN);
            add(SHOP, "anonymous_id", "till", person(SHOP, user("bob")), THEN);
            Subjects ann = of(SHOP, THEN.plusSeconds(60), user("ann"));

            store().erase(ann, store().find(ann));

            assertThat(store().find(ann).isEmpty()).isTrue();
            assertThat(
                            warehouse.query(
                                    "SELECT person_id FROM sessions WHERE anonymous_id = 'till'"))
                    .containsExactly(person(SHOP, user("bob")));
        }

        /// It may be another id that was cut to the width of the column.
        @Test
        void doesNotTrustAnIdAsLongAsItsColumn() throws SQLException {
            add(SHOP, "user_id", LONG, "p", THEN);

            assertThat(store().find(of(SHOP, THEN.plusSeconds(60), user(LONG))).isEmpty()).isTrue();
        }

        private void add(TenantId tenant, String column, String id, String person, Instant at)
                throws SQLException {
            warehouse.execute(
                    ("INSERT INTO sessions (tenant_id, session_id, revision, person_id, %s,"
                                    + " session_index, started_at, ended_at, duration_seconds, events,"
                                    + " pages, conversions, is_bounce, is_bot, is_closed, loaded_ts)"
                                    + " VALUES ('%s', 's-%d', 2, '%s', '%s', 1, %s, %s, 1, 1, 1, 0,"
                                    + " FALSE, FALSE, TRUE, GETDATE())")
                            .formatted(column, tenant, sessions++, person, id, sql(at), sql(at)));
        }
    }

    /// Links, and what they say together.
    @Nested
    class Identities extends ErasableStoreKit {

        private int events;

        @Override
        protected ErasableStore store() {
            return new RedshiftIdentities(warehouse::connection, SECRET);
        }

        @Override
        protected void empty() throws SQLException {
            warehouse.execute("DELETE FROM identities");
            warehouse.execute("DELETE FROM identity_persons");
        }

        @Override
        protected void add(TenantId tenant, SubjectId id, Instant at) throws SQLException {
            link(tenant, id, "somebody", null, at);
        }

        @Override
        protected void fail(boolean failing) {
            fails(failing);
        }

        @Test
        void takesHerOutOfTheLinksOfIdsThatOthersHaveToo() throws SQLException {
            String ann = person(SHOP, user("ann"));
            String bob = person(SHOP, user("bob"));
            link(SHOP, device("till"), ann, "own-of-till", THEN);
            link(SHOP, device("till"), bob, ann, THEN.plusSeconds(1));
            stands(device("till"), "own-of-till", bob);
            stands(device("phone"), "own-of-phone", ann);
            stands(user("ann"), null, ann);
            stands(user("bob.before"), ann, bob);
            Subjects hers = of(SHOP, THEN.plusSeconds(60), user("ann"));
            assertThat(store().find(hers).records()).as("rows that change").hasSize(6);

            store().erase(hers, store().find(hers));

            assertThat(store().find(hers).isEmpty()).isTrue();
            assertThat(
                            warehouse.query(
                                    "SELECT person_id, previous_person_id FROM identities WHERE id ="
                                            + " 'till'"))
                    .containsExactly(bob + "|null");
            assertThat(
                            warehouse.query(
                                    "SELECT id, own_person_id, person_id FROM identity_persons ORDER"
                                            + " BY id"))
                    .containsExactly("bob.before|null|" + bob, "till|own-of-till|" + bob);
        }

        private void link(
                TenantId tenant, SubjectId id, String person, @Nullable String previous, Instant at)
                throws SQLException {
            warehouse.execute(
                    "INSERT INTO identities VALUES ('%s', '%s', '%s', '%s', %s, %s, 'e%d', FALSE, GETDATE())"
                            .formatted(
                                    tenant,
                                    kind(id),
                                    id.value(),
                                    person,
                                    text(previous),
                                    sql(at),
                                    events++));
        }

        private void stands(SubjectId id, @Nullable String own, String person) throws SQLException {
            warehouse.execute(
                    "INSERT INTO identity_persons VALUES ('shop', '%s', '%s', %s, '%s', FALSE, %s, NULL)"
                            .formatted(kind(id), id.value(), text(own), person, sql(THEN)));
        }
    }

    private static void fails(boolean failing) {
        if (failing) {
            warehouse.faults().conflictOn("COMMIT", 1);
        } else {
            warehouse.faults().clear();
        }
    }

    private static String person(TenantId tenant, SubjectId id) {
        return new SubjectKeys(SECRET).person(tenant, id).toString();
    }

    private static String kind(SubjectId id) {
        return id.kind() == SubjectKind.USER_ID ? "user" : "anonymous";
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }

    private static String sql(Instant at) {
        return "CAST('%s' AS TIMESTAMP)".formatted(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }
}
