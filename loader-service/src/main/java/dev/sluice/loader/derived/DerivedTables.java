package dev.sluice.loader.derived;

import static dev.sluice.loader.derived.DerivedColumn.id;
import static dev.sluice.loader.derived.DerivedColumn.of;
import static dev.sluice.loader.derived.DerivedColumn.text;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.queue.LoadTable;

import java.time.Duration;
import java.util.List;

/// The tables of what is derived. Addresses and names that are too long for their column are cut,
/// ids never.
public final class DerivedTables {

    private static final int ID = 256;
    private static final ColumnType TIME = new ColumnType.Timestamp();
    private static final ColumnType COUNT = new ColumnType.Int();
    private static final ColumnType TRUTH = new ColumnType.Bool();

    public static final DerivedTable<SessionChange> SESSIONS =
            DerivedTable.of(
                    LoadTable.SESSIONS,
                    List.of(
                            id("tenant_id", 64, true, SessionChange::tenantId),
                            id("session_id", ID, true, SessionChange::sessionId),
                            of("revision", new ColumnType.Bigint(), SessionChange::revision),
                            id("person_id", ID, false, SessionChange::personId),
                            id("anonymous_id", ID, false, SessionChange::anonymousId),
                            id("user_id", ID, false, SessionChange::userId),
                            id("client_session_id", ID, false, SessionChange::clientSessionId),
                            of("session_index", COUNT, SessionChange::sessionIndex),
                            of("started_at", TIME, SessionChange::startedAt),
                            of("ended_at", TIME, SessionChange::endedAt),
                            of(
                                    "duration_seconds",
                                    new ColumnType.DoublePrecision(),
                                    DerivedTables::seconds),
                            of("events", COUNT, SessionChange::events),
                            of("pages", COUNT, SessionChange::pages),
                            of("conversions", COUNT, SessionChange::conversions),
                            of("is_bounce", TRUTH, DerivedTables::isBounce),
                            of("is_bot", TRUTH, SessionChange::bot),
                            of("is_closed", TRUTH, SessionChange::closed),
                            text("entry_page", 4096, SessionChange::entryPage),
                            text("exit_page", 4096, SessionChange::exitPage),
                            text("referrer", 4096, SessionChange::referrer),
                            text("channel", 32, SessionChange::channel),
                            text("source", 256, SessionChange::source),
                            text("medium", 256, SessionChange::medium),
                            text("campaign", 512, SessionChange::campaign),
                            text("device_class", 32, SessionChange::deviceClass),
                            text("country", 2, SessionChange::country)),
                    SessionChange::startedAt);

    public static final DerivedTable<IdentityLink> IDENTITIES =
            DerivedTable.of(
                    LoadTable.IDENTITIES,
                    List.of(
                            id("tenant_id", 64, true, IdentityLink::tenantId),
                            id("id_kind", 16, true, IdentityLink::idKind),
                            id("id", ID, true, IdentityLink::id),
                            id("person_id", ID, true, IdentityLink::personId),
                            id("previous_person_id", ID, false, IdentityLink::previousPersonId),
                            of("linked_at", TIME, IdentityLink::linkedAt),
                            id("event_id", 64, true, IdentityLink::eventId),
                            of("shared", TRUTH, IdentityLink::shared)),
                    IdentityLink::linkedAt);

    private DerivedTables() {}

    /// Seen once and gone: one page, or one event, and nothing that was wanted.
    private static boolean isBounce(SessionChange session) {
        return session.conversions() == 0 && (session.pages() == 1 || session.events() == 1);
    }

    private static Double seconds(SessionChange session) {
        if (session.startedAt() == null || session.endedAt() == null) {
            return 0.0;
        }
        return Duration.between(session.startedAt(), session.endedAt()).toNanos() / 1e9;
    }
}
