package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.identity.IdRef;
import dev.sluice.runtime.identity.Link;
import dev.sluice.runtime.identity.LinkHistory;
import dev.sluice.runtime.identity.LinkOutcome;
import dev.sluice.runtime.identity.NewLink;
import dev.sluice.runtime.identity.PersonTrace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// All links that matter to one slice: what the store has of its ids, and what its events add. For
/// one thread.
final class SliceLinks {

    private final IdentityDirectory directory;
    private final int mostPersons;
    private final Supplier<Duration> left;

    /// By key of the id; those that cannot be learned are not there.
    private final Map<String, LinkHistory> histories = new HashMap<>();

    private final Set<NewLink> planned = new LinkedHashSet<>();
    private final Set<NewLink> refused = new HashSet<>();

    /// @param mostPersons that an id may have belonged to
    /// @param left of the time for this slice
    SliceLinks(IdentityDirectory directory, int mostPersons, Supplier<Duration> left) {
        this.directory = directory;
        this.mostPersons = mostPersons;
        this.left = left;
    }

    /// Learns the links of these ids, and of all that they lead to.
    void fetch(Set<String> persons) {
        Set<String> missing = persons;
        for (int step = 0; step <= PersonTrace.MOST_STEPS && !missing.isEmpty(); step++) {
            Map<String, LinkHistory> found = directory.find(missing, left.get());
            histories.putAll(found);
            Set<String> further = new HashSet<>();
            for (LinkHistory history : found.values()) {
                if (!history.isEmpty()) {
                    further.addAll(history.persons());
                }
            }
            further.removeAll(histories.keySet());
            missing = further;
        }
    }

    /// What an event says of its ids, if it is not known yet. The links count from here on, as far
    /// as [#store()] leaves them.
    ///
    /// @return the links that the event makes, or has made when it came before
    List<NewLink> plan(EventView event, EventIds ids) {
        IdRef user = ids.user();
        if (user == null || ids.linked().isEmpty()) {
            return List.of();
        }
        List<NewLink> made = new ArrayList<>(1);
        for (IdRef id : ids.linked()) {
            NewLink link = link(event.receipt(), id, user);
            if (isMade(link)) {
                made.add(link);
            }
        }
        return made;
    }

    private static NewLink link(Receipt receipt, IdRef id, IdRef user) {
        Link link = new Link(receipt.receivedTs(), user.person(), receipt.eventId().value());
        return new NewLink(id, user, link);
    }

    private boolean isMade(NewLink link) {
        LinkHistory history = histories.get(link.from().person());
        if (history == null) {
            return true; // it may be; nothing comes of it, for its id is not known
        }
        Instant moment = link.link().since();
        if (history.links().contains(link.link())) {
            return true;
        }
        Link now = history.at(moment, mostPersons);
        if (now != null && now.person().equals(link.link().person())) {
            return false;
        }
        if (isGuarded(link, history)) {
            return false;
        }
        planned.add(link);
        histories.put(link.from().person(), history.plus(link.link()));
        return true;
    }

    private boolean isGuarded(NewLink link, LinkHistory history) {
        if (history.isSharedAt(link.link().since(), mostPersons)) {
            directory.metrics.shared.increment();
            return true;
        }
        return directory.isRefused(link);
    }

    /// Stores the links that were planned. One that is refused is none; of an id whose link could
    /// not be stored nothing is known.
    void store() {
        if (planned.isEmpty()) {
            return;
        }
        List<NewLink> links = List.copyOf(planned);
        List<LinkOutcome> outcomes = directory.link(links, left.get());
        for (int i = 0; i < links.size(); i++) {
            settle(links.get(i), outcomes.get(i));
        }
        for (int i = 0; i < links.size(); i++) {
            if (outcomes.get(i) instanceof LinkOutcome.Failed) {
                histories.remove(links.get(i).from().person());
            }
        }
    }

    private void settle(NewLink link, LinkOutcome outcome) {
        String from = link.from().person();
        LinkHistory history = histories.getOrDefault(from, LinkHistory.NONE);
        switch (outcome) {
            case LinkOutcome.Linked(LinkHistory stored) ->
                    histories.put(from, history.plus(stored));
            case LinkOutcome.PersonFull(), LinkOutcome.IdFull() -> {
                refused.add(link);
                histories.put(from, history.without(link.link()));
            }
            case LinkOutcome.Failed(_) -> {}
        }
    }

    /// Whether a link that an event makes is stored; null if that is not known.
    @Nullable Boolean isStored(NewLink link) {
        if (refused.contains(link)) {
            return false;
        }
        return histories.containsKey(link.from().person()) ? true : null;
    }

    /// The person that an id is when an event was received; null if that is not known.
    @Nullable String personOf(IdRef id, Instant received) {
        PersonTrace trace = PersonTrace.of(id.person(), received, mostPersons, histories::get);
        if (trace == null) {
            return null;
        }
        if (trace.isCut()) {
            directory.metrics.tooDeep.increment();
        }
        return trace.person();
    }

    /// The person that the id of a link was just before it; null if that is not known.
    @Nullable String personBefore(NewLink link) {
        String id = link.from().person();
        LinkHistory before = histories.getOrDefault(id, LinkHistory.NONE).before(link.link());
        PersonTrace trace =
                PersonTrace.of(
                        id,
                        link.link().since(),
                        mostPersons,
                        each -> each.equals(id) ? before : histories.get(each));
        return trace == null ? null : trace.person();
    }

    /// Whether a link made its id one that tells nobody.
    boolean isShared(NewLink link) {
        return histories
                .getOrDefault(link.from().person(), LinkHistory.NONE)
                .isSharedAt(link.link().since(), mostPersons);
    }
}
