package dev.sluice.enricher.process.domain;

import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.enricher.process.Switches;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Makes the domain events that rules ask for. For an event whose type has no rule that is a look
/// into a map.
public final class DomainEvents {

    /// The name by which tenants switch it off.
    public static final String SWITCH = "domain_events";

    private static final int LONGEST_ID = 128;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final DomainRules rules;
    private final Switches switches;
    private final MeterRegistry meters;
    private final DetailWriter details;

    public DomainEvents(DomainRules rules, Switches switches, MeterRegistry meters) {
        this.rules = rules;
        this.switches = switches;
        this.meters = meters;
        this.details = new DetailWriter(rules.known());
    }

    /// What follows from an event.
    ///
    /// @param envelope says whose it is and of what type; nothing of it gets into a detail
    /// @param event with its enrichment section, and after redaction: what a detail is taken from
    public List<DomainEvent> of(EventEnvelope envelope, SectionedEvent event) {
        String type = envelope.facts().eventType();
        List<DomainRule> applicable = rules.of(type);
        TenantId tenant = envelope.receipt().tenantId();
        if (applicable.isEmpty() || !switches.isOn(tenant, SWITCH)) {
            return List.of();
        }
        String id = envelope.receipt().eventId().value();
        Origin origin = new Origin(tenant.value(), id, type, envelope.facts().eventTs());
        return make(applicable, origin, new EventFields(event));
    }

    /// What follows from a change of a session: something if it has ended. One that is ended once
    /// more, after a late event, makes another domain event, with the revision in its id.
    public List<DomainEvent> of(SessionChange session) {
        if (!session.closed()
                || rules.ofSessions().isEmpty()
                || !switches.isOn(new TenantId(session.tenantId()), SWITCH)) {
            return List.of();
        }
        JsonNode fields = JSON.valueToTree(session);
        String id = session.sessionId() + "/" + session.revision();
        Origin origin = new Origin(session.tenantId(), id, RulesReader.SESSION, session.endedAt());
        return make(rules.ofSessions(), origin, field -> fields.at(field.rest()));
    }

    /// What a domain event is made from.
    private record Origin(String tenant, String id, String type, Instant at) {}

    /// A rule that cannot be applied to an event is counted, and makes nothing: the event goes on.
    private List<DomainEvent> make(List<DomainRule> applicable, Origin origin, FieldSource fields) {
        List<DomainEvent> made = new ArrayList<>(applicable.size());
        for (DomainRule rule : applicable) {
            try {
                if (applies(rule, fields)) {
                    made.add(make(rule, origin, fields));
                }
            } catch (RuntimeException | StackOverflowError e) {
                meters.counter(
                                "sluice.domain.events",
                                Tags.of("rule", rule.name(), "outcome", "failed"))
                        .increment();
            }
        }
        return made;
    }

    private static boolean applies(DomainRule rule, FieldSource fields) {
        return rule.conditions().stream()
                .allMatch(condition -> condition.isMetBy(fields.at(condition.field())));
    }

    private DomainEvent make(DomainRule rule, Origin origin, FieldSource fields) {
        return new DomainEvent(
                origin.tenant(),
                id(origin.id(), rule),
                rule.name(),
                origin.at(),
                details.write(rule, origin.type(), fields));
    }

    /// Unique within the tenant: names of rules have no slash and are unique.
    private static String id(String origin, DomainRule rule) {
        String plain = origin + "/" + rule.name();
        return plain.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID
                ? plain
                : sha256(origin) + "/" + rule.name();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
