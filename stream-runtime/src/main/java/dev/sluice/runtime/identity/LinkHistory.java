package dev.sluice.runtime.identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// All links of one id there ever were. A set that only grows, so that two who add to it cannot
/// contradict each other, and whose the id was at a moment stays the same whoever asks, and when.
public final class LinkHistory {

    /// Nothing links the id.
    public static final LinkHistory NONE = new LinkHistory(List.of());

    /// An id has no more links than this; one that changes hands so often tells nobody.
    public static final int MOST_LINKS = 64;

    private final List<Link> links;

    private LinkHistory(List<Link> links) {
        this.links = links;
    }

    public static LinkHistory of(Collection<Link> links) {
        return links.isEmpty() ? NONE : new LinkHistory(List.copyOf(new TreeSet<>(links)));
    }

    public LinkHistory plus(Link link) {
        Set<Link> all = new TreeSet<>(links);
        all.add(link);
        return of(all);
    }

    /// What either has.
    public LinkHistory plus(LinkHistory other) {
        if (other.isEmpty() || equals(other)) {
            return this;
        }
        Set<Link> all = new TreeSet<>(links);
        all.addAll(other.links);
        return of(all);
    }

    public LinkHistory without(Link link) {
        return of(links.stream().filter(each -> !each.equals(link)).toList());
    }

    /// From the first to the last.
    public List<Link> links() {
        return links;
    }

    public boolean isEmpty() {
        return links.isEmpty();
    }

    public boolean isFull() {
        return links.size() >= MOST_LINKS;
    }

    /// The link that holds at a moment; none if the id is its own person then, or shared.
    ///
    /// @param mostPersons that an id may have belonged to
    public @Nullable Link at(Instant moment, int mostPersons) {
        @Nullable Link last = null;
        for (Link link : links) {
            if (link.since().isAfter(moment)) {
                break;
            }
            last = link;
        }
        return last == null || isSharedAt(moment, mostPersons) ? null : last;
    }

    /// Whether the id had belonged to more persons than one can be, so that it tells nobody.
    public boolean isSharedAt(Instant moment, int mostPersons) {
        if (links.size() <= mostPersons) {
            return false;
        }
        Set<String> persons = new HashSet<>();
        int count = 0;
        for (Link link : links) {
            if (link.since().isAfter(moment)) {
                break;
            }
            persons.add(link.person());
            count++;
        }
        return persons.size() > mostPersons || count >= MOST_LINKS;
    }

    /// The links before one of them.
    public LinkHistory before(Link link) {
        return of(links.stream().filter(each -> each.compareTo(link) < 0).toList());
    }

    /// All persons that the id ever belonged to, but for itself.
    public Set<String> persons() {
        Set<String> persons = new HashSet<>();
        links.forEach(link -> persons.add(link.person()));
        return persons;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkHistory history && links.equals(history.links);
    }

    @Override
    public int hashCode() {
        return links.hashCode();
    }

    @Override
    public String toString() {
        return "LinkHistory" + links;
    }
}
