package dev.sluice.runtime.identity;

import dev.sluice.runtime.failure.SetupFailure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds all ids of a person from some of them, and removes them.
public final class PersonGraph {

    /// More are hardly one person.
    private static final int MOST_IDS = 10_000;

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final IdentityStore store;
    private final int mostPersons;

    /// @param mostPersons that an id may have belonged to before it is shared
    public PersonGraph(IdentityStore store, int mostPersons) {
        this.store = store;
        this.mostPersons = mostPersons;
    }

    /// The ids that belong to a person: those that are given; the one that such an id belongs to,
    /// unless it ever belonged to another; and each that was linked to one of them and to nobody
    /// else.
    ///
    /// @param persons keys of ids of the person
    /// @throws SetupFailure if these are more than one person can have
    public PersonIds idsOf(Collection<String> persons) {
        Map<String, Identity> theirs = new LinkedHashMap<>();
        Map<String, Identity> open = new LinkedHashMap<>();
        accept(persons, theirs, open);
        boolean grows = true;
        while (grows) {
            List<String> more = belonging(theirs, open);
            grows = !more.isEmpty();
            more.forEach(open::remove);
            accept(more, theirs, open);
            if (theirs.size() + open.size() > MOST_IDS) {
                throw new SetupFailure(
                        "%s: more than %d ids hang together: that is hardly one person"
                                .formatted(store.place(), MOST_IDS));
            }
        }
        return new PersonIds(List.copyOf(theirs.values()), shared(theirs, open));
    }

    /// Removes a person: the ids that are theirs, and the links of shared ones to them; not those
    /// of an id that too many have had, for it would belong to the last of the others again.
    public void remove(PersonIds ids) {
        Set<String> theirs = new LinkedHashSet<>();
        ids.theirs().forEach(each -> theirs.add(each.ref().person()));
        for (Identity each : ids.shared()) {
            if (!each.links().isSharedAt(Instant.MAX, mostPersons)) {
                store.unlink(each.ref().person(), linksTo(theirs, each));
            }
        }
        List<String> lastFirst = new ArrayList<>(theirs);
        Collections.reverse(lastFirst);
        store.remove(lastFirst);
    }

    /// Takes ids as theirs, and reads what hangs on them.
    private void accept(
            Collection<String> persons, Map<String, Identity> theirs, Map<String, Identity> open) {
        Map<String, Identity> found = store.find(persons, WITHIN);
        Set<String> next = new LinkedHashSet<>();
        for (String person : persons) {
            Identity identity = found.get(person);
            if (identity != null) {
                theirs.put(person, identity);
                next.addAll(identity.members());
                next.addAll(forward(identity));
            }
        }
        next.removeAll(theirs.keySet());
        next.removeAll(open.keySet());
        if (!next.isEmpty()) {
            open.putAll(store.find(next, WITHIN));
        }
    }

    private static List<String> belonging(
            Map<String, Identity> theirs, Map<String, Identity> open) {
        Set<String> ahead = new LinkedHashSet<>();
        theirs.values().forEach(each -> ahead.addAll(forward(each)));
        return open.entrySet().stream()
                .filter(each -> ahead.contains(each.getKey()) || isOnly(each.getValue(), theirs))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOnly(Identity id, Map<String, Identity> theirs) {
        return !id.links().isEmpty() && theirs.keySet().containsAll(id.links().persons());
    }

    /// The person that an id belongs to, if it never belonged to another.
    private static Set<String> forward(Identity id) {
        Set<String> persons = id.links().persons();
        return persons.size() == 1 ? persons : Set.of();
    }

    private static List<Identity> shared(Map<String, Identity> theirs, Map<String, Identity> open) {
        return open.values().stream()
                .filter(each -> each.links().persons().stream().anyMatch(theirs::containsKey))
                .toList();
    }

    private static List<Link> linksTo(Set<String> persons, Identity id) {
        return id.links().links().stream().filter(link -> persons.contains(link.person())).toList();
    }
}
