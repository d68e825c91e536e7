package dev.sluice.enricher.process.identity;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.identity.Identity;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.identity.LinkHistory;
import dev.sluice.runtime.identity.LinkOutcome;
import dev.sluice.runtime.identity.NewLink;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The store of ids behind a cache, in bounded time: what is not known in time, or while the store
/// has been failing, is not known. Shared by all shards; thread-safe.
public final class IdentityDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityDirectory.class);

    private final IdentityStore store;
    private final IdentityCache cache;
    private final CircuitBreaker breaker;
    private final int mostIds;
    final IdentityMetrics metrics;

    /// @param breaker opens while the store fails
    /// @param mostIds that one person takes
    public IdentityDirectory(
            IdentityStore store,
            IdentityCache cache,
            CircuitBreaker breaker,
            int mostIds,
            MeterRegistry registry) {
        this.store = store;
        this.cache = cache;
        this.breaker = breaker;
        this.mostIds = mostIds;
        metrics = new IdentityMetrics(registry);
    }

    /// The links of ids; of an id without any, none.
    ///
    /// @param within how long it may take
    /// @return by key; an id whose links cannot be learned now is not there
    Map<String, LinkHistory> find(Collection<String> persons, Duration within) {
        Map<String, LinkHistory> known = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String person : persons) {
            LinkHistory history = cache.find(person);
            if (history == null) {
                missing.add(person);
            } else {
                known.put(person, history);
                (history.isEmpty() ? metrics.negative : metrics.hit).increment();
            }
        }
        if (!missing.isEmpty()) {
            fetch(missing, within, known);
        }
        return known;
    }

    /// Stores links.
    ///
    /// @return of each, in their order
    List<LinkOutcome> link(List<NewLink> links, Duration within) {
        if (!mayAsk(within)) {
            metrics.linkFailed.increment(links.size());
            LinkOutcome failed =
                    new LinkOutcome.Failed(
                            new TransientFailure(store.place() + ": not tried in time"));
            return links.stream().map(_ -> failed).toList();
        }
        long start = breaker.getCurrentTimestamp();
        List<LinkOutcome> outcomes = store.link(links, mostIds, within);
        Optional<RuntimeException> failure = Optional.empty();
        for (int i = 0; i < links.size(); i++) {
            LinkOutcome outcome = outcomes.get(i);
            note(links.get(i), outcome);
            if (outcome instanceof LinkOutcome.Failed(RuntimeException why)) {
                failure = Optional.of(why);
            }
        }
        answered(start, failure);
        return outcomes;
    }

    /// Whether the store has refused this link not long ago.
    boolean isRefused(NewLink link) {
        return cache.isRefused(link);
    }

    private void fetch(List<String> missing, Duration within, Map<String, LinkHistory> known) {
        if (!mayAsk(within)) {
            metrics.failed.increment(missing.size());
            return;
        }
        long start = breaker.getCurrentTimestamp();
        try {
            Map<String, Identity> found = store.find(missing, within);
            answered(start, Optional.empty());
            for (String person : missing) {
                Identity identity = found.get(person);
                LinkHistory history = identity == null ? LinkHistory.NONE : identity.links();
                cache.keep(person, history);
                known.put(person, history);
            }
            metrics.fetched.increment(missing.size());
        } catch (TransientFailure | SetupFailure e) {
            answered(start, Optional.of(e));
            metrics.failed.increment(missing.size());
        }
    }

    private boolean mayAsk(Duration within) {
        return within.isPositive() && breaker.tryAcquirePermission();
    }

    private void answered(long start, Optional<RuntimeException> failure) {
        long took = breaker.getCurrentTimestamp() - start;
        if (failure.isEmpty()) {
            breaker.onSuccess(took, breaker.getTimestampUnit());
        } else {
            LOG.warn("Identities: {}", failure.get().getMessage());
            breaker.onError(took, breaker.getTimestampUnit(), failure.get());
        }
    }

    private void note(NewLink link, LinkOutcome outcome) {
        switch (outcome) {
            case LinkOutcome.Linked(LinkHistory links) -> {
                cache.keep(link.from().person(), links);
                metrics.linked.increment();
            }
            case LinkOutcome.PersonFull() -> {
                cache.keepRefused(link);
                metrics.linkRefused.increment();
                metrics.personFull.increment();
                LOG.warn(
                        "A person of tenant {} has {} ids and takes no more",
                        link.to().owner(),
                        mostIds);
            }
            case LinkOutcome.IdFull() -> {
                cache.keepRefused(link);
                metrics.linkRefused.increment();
                metrics.idFull.increment();
            }
            case LinkOutcome.Failed(_) -> metrics.linkFailed.increment();
        }
    }
}
