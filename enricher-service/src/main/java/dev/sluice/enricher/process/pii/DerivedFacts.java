package dev.sluice.enricher.process.pii;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.EnumSet;
import java.util.Objects;

/// Takes what is personal out of what follows from events.
final class DerivedFacts {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DerivedFacts() {}

    static Derived redact(Derived fact, Redaction redaction) {
        return switch (fact) {
            case SessionChange session -> session(session, redaction);
            case IdentityLink link -> link(link, redaction);
            case DomainEvent event -> event(event, redaction);
        };
    }

    private static Derived session(SessionChange fact, Redaction redaction) {
        TenantId tenant = new TenantId(fact.tenantId());
        if (!redaction.isOn(tenant)) {
            return fact;
        }
        return new SessionChange(
                fact.tenantId(),
                fact.sessionId(),
                fact.revision(),
                redaction.id(tenant, fact.personId()),
                redaction.id(tenant, fact.anonymousId()),
                redaction.id(tenant, fact.userId()),
                redaction.id(tenant, fact.clientSessionId()),
                fact.sessionIndex(),
                fact.startedAt(),
                fact.endedAt(),
                fact.events(),
                fact.pages(),
                text(fact.entryPage()),
                text(fact.exitPage()),
                text(fact.referrer()),
                fact.channel(),
                text(fact.source()),
                text(fact.medium()),
                text(fact.campaign()),
                fact.deviceClass(),
                fact.country(),
                fact.bot(),
                fact.conversions(),
                fact.closed());
    }

    private static Derived link(IdentityLink fact, Redaction redaction) {
        TenantId tenant = new TenantId(fact.tenantId());
        if (!redaction.isOn(tenant)) {
            return fact;
        }
        return new IdentityLink(
                fact.tenantId(),
                fact.idKind(),
                Objects.requireNonNull(redaction.id(tenant, fact.id())),
                Objects.requireNonNull(redaction.id(tenant, fact.personId())),
                redaction.id(tenant, fact.previousPersonId()),
                fact.linkedAt(),
                fact.eventId(),
                fact.shared());
    }

    private static Derived event(DomainEvent fact, Redaction redaction) {
        TenantId tenant = new TenantId(fact.tenantId());
        if (!redaction.isOn(tenant)) {
            return fact;
        }
        Bytes detail = Bytes.of(JSON.writeValueAsBytes(fact.detail()));
        Bytes left = redaction.body(tenant, detail);
        return left.equals(detail)
                ? fact
                : new DomainEvent(
                        fact.tenantId(),
                        fact.id(),
                        fact.type(),
                        fact.occurredAt(),
                        JSON.readTree(left.toArray()));
    }

    private static @Nullable String text(@Nullable String text) {
        return Redaction.scrubbed(text, EnumSet.noneOf(PiiKind.class));
    }
}
