package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.identity.IdRef;
import dev.sluice.runtime.identity.Identity;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.identity.Link;
import dev.sluice.runtime.identity.LinkHistory;
import dev.sluice.runtime.identity.LinkOutcome;
import dev.sluice.runtime.identity.NewLink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Ids in memory, with failures on request. Thread-safe.
public final class MemoryIdentityStore implements IdentityStore {

    private final Map<String, Identity> ids = new TreeMap<>();
    private final EffectLog log;
    private int calls;
    private int takes = Integer.MAX_VALUE;
    private int answersLost;
    private Runnable onCall = () -> {};

    public MemoryIdentityStore() {
        this(new EffectLog());
    }

    /// @param log gets a note of every change
    public MemoryIdentityStore(EffectLog log) {
        this.log = log;
    }

    @Override
    public synchronized Map<String, Identity> find(Collection<String> persons, Duration within) {
        calling();
        Map<String, Identity> found = new HashMap<>();
        for (String person : persons) {
            Identity identity = ids.get(person);
            if (identity != null) {
                found.put(person, identity);
            }
        }
        return found;
    }

    @Override
    public synchronized List<LinkOutcome> link(List<NewLink> links, int mostIds, Duration within) {
        List<LinkOutcome> outcomes = new ArrayList<>();
        for (NewLink link : links) {
            outcomes.add(link(link, mostIds));
        }
        return outcomes;
    }

    @Override
    public synchronized void unlink(String person, Collection<Link> links) {
        calling();
        Identity before = ids.get(person);
        if (before != null && before.links().links().stream().anyMatch(links::contains)) {
            List<Link> left = new ArrayList<>(before.links().links());
            left.removeAll(links);
            ids.put(person, new Identity(before.ref(), LinkHistory.of(left), before.members()));
            log.note("unlink an id");
        }
    }

    @Override
    public synchronized void remove(List<String> persons) {
        for (String person : persons) {
            calling();
            if (ids.remove(person) != null) {
                log.note("remove an id");
            }
        }
    }

    @Override
    public String place() {
        return "ids in memory";
    }

    /// Every id there is, by key.
    public synchronized Map<String, Identity> all() {
        return new TreeMap<>(ids);
    }

    /// How often the store was asked for anything; each link counts.
    public synchronized int calls() {
        return calls;
    }

    /// Every call fails, until [#heal()].
    public synchronized void goAway() {
        takes = 0;
    }

    /// Some more calls come through, then every one fails until [#heal()].
    public synchronized void failAfter(int more) {
        takes = more;
    }

    /// So many links that come next are stored and fail all the same.
    public synchronized void loseAnswers(int count) {
        answersLost = count;
    }

    /// Runs with every call, for time to pass.
    public synchronized void onCall(Runnable step) {
        onCall = step;
    }

    public synchronized void heal() {
        takes = Integer.MAX_VALUE;
        answersLost = 0;
    }

    private LinkOutcome link(NewLink link, int mostIds) {
        try {
            calling();
        } catch (TransientFailure e) {
            return new LinkOutcome.Failed(e);
        }
        Identity to = of(link.to());
        if (!to.members().contains(link.from().person())) {
            if (to.members().size() >= mostIds) {
                return new LinkOutcome.PersonFull();
            }
            Set<String> members = new HashSet<>(to.members());
            members.add(link.from().person());
            ids.put(link.to().person(), new Identity(link.to(), to.links(), members));
            log.note("a person has an id more");
        }
        Identity from = of(link.from());
        if (!from.links().links().contains(link.link())) {
            if (from.links().isFull()) {
                return new LinkOutcome.IdFull();
            }
            LinkHistory links = from.links().plus(link.link());
            ids.put(link.from().person(), new Identity(link.from(), links, from.members()));
            log.note("an id belongs to a person");
        }
        if (answersLost > 0) {
            answersLost--;
            return new LinkOutcome.Failed(new TransientFailure(place() + ": no answer"));
        }
        return new LinkOutcome.Linked(of(link.from()).links());
    }

    private Identity of(IdRef ref) {
        return ids.getOrDefault(ref.person(), new Identity(ref, LinkHistory.NONE, Set.of()));
    }

    private void calling() {
        log.mustLive();
        calls++;
        onCall.run();
        if (takes == 0) {
            throw new TransientFailure(place() + ": the store is away");
        }
        takes--;
    }
}
