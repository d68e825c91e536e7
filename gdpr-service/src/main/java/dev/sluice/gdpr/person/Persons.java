package dev.sluice.gdpr.person;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.PersonalIds;
import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.runtime.identity.IdRef;
import dev.sluice.runtime.identity.Identity;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.identity.PersonGraph;
import dev.sluice.runtime.identity.PersonIds;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The store of ids, as an erasure sees it. For one thread at a time.
public final class Persons {

    private final IdentityStore store;
    private final PersonGraph graph;
    private final SubjectKeys keys;
    private final Pseudonyms pseudonyms;

    /// @param mostPersons that an id may have belonged to before it is shared
    /// @param pseudonyms of every key that the enricher has had while what is stored was made
    /// @throws IllegalArgumentException if the secret is too short
    public Persons(
            IdentityStore store, SubjectSecret secret, int mostPersons, Pseudonyms pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
        graph = new PersonGraph(store, mostPersons);
        keys = new SubjectKeys(secret);
    }

    /// What belongs to the person of these ids. A device that is given stands for itself: whoever
    /// used it may not be the one who asks.
    ///
    /// @throws dev.sluice.runtime.failure.SetupFailure if it is more than one person can have
    /// @throws dev.sluice.runtime.failure.TransientFailure if the store is away
    public PersonSubjects of(TenantId tenant, Set<SubjectId> given) {
        PersonIds ids = graph.idsOf(persons(tenant, given, SubjectKind.USER_ID));
        Set<SubjectId> all = new HashSet<>(given);
        all.addAll(subjects(ids.theirs()));
        Set<SubjectId> shared = subjects(ids.shared());
        shared.removeAll(given);
        return new PersonSubjects(sorted(all), pseudonyms(tenant, sorted(all)), sorted(shared));
    }

    /// Removes what belongs to the person of these ids, and the ids themselves. Doing it again is
    /// right.
    public void remove(TenantId tenant, Set<SubjectId> given) {
        store.remove(persons(tenant, given, SubjectKind.ANONYMOUS_ID));
        graph.remove(graph.idsOf(persons(tenant, given, SubjectKind.USER_ID)));
    }

    private List<String> persons(TenantId tenant, Set<SubjectId> ids, SubjectKind kind) {
        return ids.stream()
                .filter(id -> id.kind() == kind)
                .map(id -> keys.person(tenant, id).toString())
                .toList();
    }

    private List<SubjectId> pseudonyms(TenantId tenant, List<SubjectId> ids) {
        return ids.stream()
                .filter(id -> PersonalIds.is(id.value()))
                .flatMap(
                        id ->
                                pseudonyms.all(tenant, id.value()).stream()
                                        .map(pseudonym -> new SubjectId(id.kind(), pseudonym)))
                .toList();
    }

    private static Set<SubjectId> subjects(Collection<Identity> ids) {
        return ids.stream()
                .map(each -> subject(each.ref()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<SubjectId> sorted(Set<SubjectId> ids) {
        return ids.stream()
                .sorted(Comparator.comparing(SubjectId::kind).thenComparing(SubjectId::value))
                .toList();
    }

    private static SubjectId subject(IdRef ref) {
        return Arrays.stream(SubjectKind.values())
                .filter(kind -> kind.field().equals(ref.kind()))
                .findFirst()
                .map(kind -> new SubjectId(kind, ref.id()))
                .orElseThrow(() -> new IllegalArgumentException("no kind of id: " + ref.kind()));
    }
}
