package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.identity.IdRef;
import dev.sluice.runtime.identity.NewLink;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// `person_id`: whose event it is, the same on all devices of a person. That of the user, or of
/// whom the device belonged to when the event was received; else the device's own; else the
/// session, else the event. An event with a device and a user says that the device belongs to the
/// user from then on, and an `alias` that another id does.
public final class IdentityEnrichment implements Enrichment {

    private final PersonKeys keys;
    private final IdentityDirectory directory;
    private final IdentityLimits limits;
    private final LongSupplier nanoTime;

    /// @param nanoTime as `System.nanoTime`
    public IdentityEnrichment(
            PersonKeys keys,
            IdentityDirectory directory,
            IdentityLimits limits,
            LongSupplier nanoTime) {
        this.keys = keys;
        this.directory = directory;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "identity";
    }

    /// Learns the links of all ids, adds those that the events make, and then says whose each event
    /// is.
    @Override
    public void prepare(List<EventView> events) {
        long until = nanoTime.getAsLong() + limits.timeLimit().toNanos();
        SliceLinks links =
                new SliceLinks(
                        directory,
                        limits.mostPersons(),
                        () -> Duration.ofNanos(until - nanoTime.getAsLong()));
        List<EventIds> ids = ids(events);
        links.fetch(persons(ids));
        List<List<NewLink>> made = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            made.add(links.plan(events.get(i), ids.get(i)));
        }
        links.store();
        for (int i = 0; i < events.size(); i++) {
            EventView event = events.get(i);
            event.prepare(person(event, ids.get(i), made.get(i), links));
        }
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        Person person = event.prepared(Person.class);
        if (person == null) {
            whenOff(event, fields);
            return Applied.FAILED;
        }
        fields.text("person_id", person.id());
        person.links().forEach(fields::derive);
        return person.isKnown() ? Applied.APPLIED : Applied.FAILED;
    }

    @Override
    public void whenOff(EventView event, EnrichmentFields fields) {
        fields.text("person_id", EventIds.ownPerson(event, keys));
    }

    /// An id that several events have is hashed once.
    private List<EventIds> ids(List<EventView> events) {
        Map<TenantId, Map<SubjectId, IdRef>> seen = new HashMap<>();
        List<EventIds> ids = new ArrayList<>(events.size());
        for (EventView event : events) {
            TenantId tenant = event.receipt().tenantId();
            Map<SubjectId, IdRef> refs = seen.computeIfAbsent(tenant, _ -> new HashMap<>());
            ids.add(
                    EventIds.of(
                            event, id -> refs.computeIfAbsent(id, each -> keys.of(tenant, each))));
        }
        return ids;
    }

    private static Set<String> persons(List<EventIds> ids) {
        Set<String> persons = new HashSet<>();
        for (EventIds each : ids) {
            IdRef first = each.first();
            if (first != null) {
                persons.add(first.person());
            }
            each.linked().forEach(id -> persons.add(id.person()));
        }
        return persons;
    }

    private static Person person(
            EventView event, EventIds ids, List<NewLink> made, SliceLinks links) {
        IdRef first = ids.first();
        if (first == null) {
            return new Person(EventIds.withoutPerson(event), true, List.of());
        }
        String found = links.personOf(first, event.receipt().receivedTs());
        String person = found == null ? first.person() : found;
        boolean known = found != null;
        if (made.isEmpty()) {
            return new Person(person, known, List.of());
        }
        List<IdentityLink> facts = new ArrayList<>(made.size());
        for (NewLink link : made) {
            Boolean stored = links.isStored(link);
            known &= stored != null;
            if (Boolean.TRUE.equals(stored)) {
                facts.add(fact(link, links));
            }
        }
        return new Person(person, known, facts);
    }

    private static IdentityLink fact(NewLink link, SliceLinks links) {
        IdRef id = link.from();
        Instant since = link.link().since();
        String now = links.personOf(id, since);
        return new IdentityLink(
                id.owner(),
                id.kind().equals(SubjectKind.USER_ID.field()) ? "user" : "anonymous",
                id.id(),
                now == null ? link.link().person() : now,
                links.personBefore(link),
                since,
                link.link().eventId(),
                links.isShared(link));
    }
}
