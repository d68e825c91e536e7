package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.enricher.process.BodyField;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.identity.IdRef;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The ids of one event. Empty ones, those that stand for none, and those of more than 1024 bytes
/// count as absent.
///
/// @param user who is signed in
/// @param linked ids that the event says to be the user's: the device's first, then what an alias
///     names. Nobody knows whether that is a device or a user, so it is taken for both
/// @param device the event came from
record EventIds(@Nullable IdRef user, @Nullable IdRef device, List<IdRef> linked) {

    private static final String ALIAS = "alias";

    /// @param refs gives the person that an id of the event's tenant is by itself
    static EventIds of(EventView event, Function<SubjectId, IdRef> refs) {
        CheckedFacts facts = event.facts();
        IdRef user = ref(SubjectKind.USER_ID, facts.userId(), refs);
        IdRef device = ref(SubjectKind.ANONYMOUS_ID, facts.anonymousId(), refs);
        if (user == null) {
            return new EventIds(null, device, List.of());
        }
        boolean alias = facts.eventType().equals(ALIAS);
        if (!alias) {
            return new EventIds(user, device, device == null ? List.of() : List.of(device));
        }
        List<IdRef> linked = new ArrayList<>(3);
        add(device, user, linked);
        String previous = previousId(event);
        if (previous != null && !previous.equals(facts.anonymousId())) {
            add(ref(SubjectKind.ANONYMOUS_ID, previous, refs), user, linked);
            add(ref(SubjectKind.USER_ID, previous, refs), user, linked);
        }
        return new EventIds(user, device, linked);
    }

    /// The person of an event that nothing is looked up for. Without an id of a person it is its
    /// session's, and without one its own.
    static String ownPerson(EventView event, PersonKeys keys) {
        CheckedFacts facts = event.facts();
        TenantId tenant = event.receipt().tenantId();
        return id(SubjectKind.USER_ID, facts.userId())
                .or(() -> id(SubjectKind.ANONYMOUS_ID, facts.anonymousId()))
                .map(id -> keys.of(tenant, id).person())
                .orElseGet(() -> withoutPerson(event));
    }

    static String withoutPerson(EventView event) {
        String session = event.facts().sessionId();
        return session == null || session.isEmpty() ? event.receipt().eventId().value() : session;
    }

    /// Whom the event is of, before links are followed.
    @Nullable IdRef first() {
        return user == null ? device : user;
    }

    private static @Nullable String previousId(EventView event) {
        try {
            return event.text(BodyField.PREVIOUS_ID);
        } catch (IllegalArgumentException e) {
            return null; // a body that cannot be read has no such id
        }
    }

    private static @Nullable IdRef ref(
            SubjectKind kind, @Nullable String value, Function<SubjectId, IdRef> refs) {
        Optional<SubjectId> id = id(kind, value);
        return id.isPresent() ? refs.apply(id.get()) : null;
    }

    private static Optional<SubjectId> id(SubjectKind kind, @Nullable String value) {
        return value == null || NoPersonsId.is(value)
                ? Optional.empty()
                : SubjectId.of(kind, value);
    }

    private static void add(@Nullable IdRef id, IdRef user, List<IdRef> to) {
        if (id != null && !id.equals(user)) {
            to.add(id);
        }
    }
}
