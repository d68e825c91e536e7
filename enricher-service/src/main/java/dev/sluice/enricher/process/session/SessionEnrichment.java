package dev.sluice.enricher.process.session;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.enricher.process.BodyField;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.stream.HashKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// `session_id`, `session_index`, `session_started_at`, `session_event_index` and
/// `is_session_entry`; and sessions as they change. Of one shard; after the enrichments whose
/// fields a session keeps.
///
/// An event without an id of device, user or session has none. One that comes after the watermark
/// and finds no session is marked `skipped`, with the id of its session if the SDK gave one.
public final class SessionEnrichment implements Enrichment {

    /// The name by which tenants switch it off.
    public static final String NAME = "session";

    private static final String PAGE_VIEW = "page_view";

    private final OpenSessions sessions;
    private final SessionRules rules;

    public SessionEnrichment(OpenSessions sessions, SessionRules rules) {
        this.sessions = sessions;
        this.rules = rules;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        sessions.advance(event.receipt().receivedTs(), fields::derive);
        CheckedFacts facts = event.facts();
        String clientId = known(facts.sessionId());
        if (clientId == null
                && known(facts.anonymousId()) == null
                && known(facts.userId()) == null) {
            return Applied.SKIPPED;
        }
        HashKey device = event.received().key();
        Session session = sessions.place(device, visit(event, fields), fields::derive);
        if (session == null) {
            fields.text(
                    "session_id", clientId == null ? null : SessionId.ofClient(device, clientId));
            return Applied.SKIPPED;
        }
        fields.text("session_id", session.id());
        fields.integer("session_index", session.index());
        fields.time(
                "session_started_at", Instant.EPOCH.plus(session.startedAt(), ChronoUnit.MICROS));
        fields.integer("session_event_index", session.events());
        fields.flag("is_session_entry", session.events() == 1);
        return Applied.APPLIED;
    }

    private Visit visit(EventView event, EnrichmentFields fields) {
        CheckedFacts facts = event.facts();
        boolean pageView = facts.eventType().equals(PAGE_VIEW);
        return new Visit(
                event.receipt().tenantId().value(),
                event.receipt().eventId().value(),
                ChronoUnit.MICROS.between(Instant.EPOCH, facts.eventTs()),
                known(facts.anonymousId()),
                known(facts.userId()),
                fields.text("person_id"),
                known(facts.sessionId()),
                pageView,
                rules.conversions().contains(facts.eventType()),
                pageView ? withoutQuery(event.text(BodyField.PAGE_URL)) : null,
                pageView ? withoutQuery(event.text(BodyField.PAGE_REFERRER)) : null,
                new Visit.Traffic(
                        fields.text("traffic_channel"),
                        fields.text("traffic_source"),
                        fields.text("traffic_medium"),
                        fields.text("traffic_campaign")),
                fields.text("device_class"),
                fields.text("geo_country"),
                fields.isSet("is_bot"));
    }

    private static @Nullable String withoutQuery(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int end = url.length();
        int query = url.indexOf('?');
        int fragment = url.indexOf('#');
        end = query < 0 ? end : Math.min(end, query);
        end = fragment < 0 ? end : Math.min(end, fragment);
        return url.substring(0, end);
    }

    private static @Nullable String known(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }
}
