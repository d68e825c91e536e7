package dev.sluice.enricher.process.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import dev.sluice.runtime.identity.LinkHistory;
import dev.sluice.runtime.identity.NewLink;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The links of ids, for a while. Shared by all shards; thread-safe.
public final class IdentityCache {

    private final Cache<String, LinkHistory> links;
    private final Cache<String, Boolean> refused;

    /// @param size ids kept
    /// @param keepLinks how long the links of an id are kept
    /// @param keepNone how long it is kept that an id has no links, or a link was refused
    /// @param nanoTime as `System.nanoTime`
    public IdentityCache(int size, Duration keepLinks, Duration keepNone, LongSupplier nanoTime) {
        links =
                Caffeine.newBuilder()
                        .maximumSize(size)
                        .ticker(nanoTime::getAsLong)
                        .expireAfter(
                                Expiry.<String, LinkHistory>writing(
                                        (_, history) -> history.isEmpty() ? keepNone : keepLinks))
                        .build();
        refused =
                Caffeine.newBuilder()
                        .maximumSize(size)
                        .ticker(nanoTime::getAsLong)
                        .expireAfterWrite(keepNone)
                        .build();
    }

    /// Null if it is not kept.
    @Nullable LinkHistory find(String person) {
        return links.getIfPresent(person);
    }

    /// Adds to what is kept, since another thread may have just learned of more.
    void keep(String person, LinkHistory history) {
        var _ = links.asMap().merge(person, history, LinkHistory::plus);
    }

    boolean isRefused(NewLink link) {
        return refused.getIfPresent(key(link)) != null;
    }

    void keepRefused(NewLink link) {
        refused.put(key(link), true);
    }

    private static String key(NewLink link) {
        return link.from().person() + link.to().person();
    }
}
