package dev.sluice.fleet;

import dev.sluice.runtime.identity.Identity;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.identity.Link;
import dev.sluice.runtime.identity.LinkHistory;
import dev.sluice.runtime.identity.LinkOutcome;
import dev.sluice.runtime.identity.NewLink;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Identities that are asked and never changed. A link that it lacks counts as stored for whoever
/// makes it.
record ReadOnlyIdentities(IdentityStore store) implements IdentityStore {

    @Override
    public Map<String, Identity> find(Collection<String> persons, Duration within) {
        return store.find(persons, within);
    }

    @Override
    public List<LinkOutcome> link(List<NewLink> links, int mostIds, Duration within) {
        Map<String, Identity> known =
                store.find(links.stream().map(link -> link.from().person()).toList(), within);
        return links.stream().map(link -> linked(link, known)).toList();
    }

    @Override
    public void unlink(String person, Collection<Link> links) {
        throw new UnsupportedOperationException(place() + " is only read");
    }

    @Override
    public void remove(List<String> persons) {
        throw new UnsupportedOperationException(place() + " is only read");
    }

    @Override
    public String place() {
        return store.place();
    }

    private static LinkOutcome linked(NewLink link, Map<String, Identity> known) {
        Identity identity = known.get(link.from().person());
        LinkHistory links = identity == null ? LinkHistory.NONE : identity.links();
        return new LinkOutcome.Linked(links.plus(link.link()));
    }
}
