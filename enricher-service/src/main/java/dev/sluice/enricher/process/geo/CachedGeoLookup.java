package dev.sluice.enricher.process.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.function.Supplier;

/// Places from the databases in use, by way of a cache that is as old as they are. Shared by all
/// shards; thread-safe.
///
/// Counts `sluice.geo.lookups{result}`: `hit` (of the cache), `found`, `unknown` (no database knows
/// the address), `no_address` (the text is none), `off` (there is no database).
public final class CachedGeoLookup implements GeoLookup {

    private record Answers(GeoDatabases databases, Cache<String, GeoPlace> places) {}

    private final Supplier<GeoDatabases> databases;
    private final int cacheSize;
    private final Counter hit;
    private final Counter found;
    private final Counter unknown;
    private final Counter noAddress;
    private final Counter off;
    private volatile Answers answers;

    /// @param databases in use now
    /// @param cacheSize addresses kept, about 250 bytes each
    public CachedGeoLookup(
            Supplier<GeoDatabases> databases, int cacheSize, MeterRegistry registry) {
        this.databases = databases;
        this.cacheSize = cacheSize;
        hit = counter(registry, "hit");
        found = counter(registry, "found");
        unknown = counter(registry, "unknown");
        noAddress = counter(registry, "no_address");
        off = counter(registry, "off");
        answers = answersOf(databases.get());
    }

    @Override
    public @Nullable GeoPlace find(String address) {
        Answers now = answers();
        if (now.databases().isEmpty()) {
            off.increment();
            return null;
        }
        GeoPlace known = now.places().getIfPresent(address);
        if (known != null) {
            hit.increment();
            return known;
        }
        InetAddress parsed = parsed(address);
        if (parsed == null) {
            noAddress.increment();
            return null;
        }
        GeoPlace place = now.databases().find(parsed);
        now.places().put(address, place);
        (place.isNowhere() ? unknown : found).increment();
        return place;
    }

    private Answers answers() {
        Answers now = answers;
        GeoDatabases current = databases.get();
        if (now.databases() != current) {
            now = answersOf(current);
            answers = now;
        }
        return now;
    }

    private Answers answersOf(GeoDatabases current) {
        return new Answers(current, Caffeine.newBuilder().maximumSize(cacheSize).build());
    }

    private static @Nullable InetAddress parsed(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return registry.counter("sluice.geo.lookups", Tags.of("result", result));
    }
}
