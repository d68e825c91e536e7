package dev.sluice.enricher.process.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.function.LongSupplier;

/// Devices by user agent, from a cache. What is not in it is parsed as long as the budget lasts,
/// and unknown after that. Shared by all shards; thread-safe.
///
/// Counts `sluice.device.lookups{result}`: `hit`, `parsed`, `over_budget`.
public final class DeviceLookup {

    /// Characters of a user agent that are looked at. What real ones say, they say before that.
    private static final int MAX_LENGTH = 512;

    private final UserAgentParser parser = new UserAgentParser();
    private final Cache<String, Device> cache;
    private final ParseBudget budget;
    private final Counter hits;
    private final Counter parsed;
    private final Counter overBudget;

    /// @param cacheSize user agents kept
    /// @param parsesPerSecond of user agents that are not kept, over all shards
    /// @param parseBurst how many of them at once after a quiet time
    /// @param nanoTime as `System.nanoTime`
    public DeviceLookup(
            int cacheSize,
            int parsesPerSecond,
            int parseBurst,
            LongSupplier nanoTime,
            MeterRegistry registry) {
        cache = Caffeine.newBuilder().maximumSize(cacheSize).build();
        budget = new ParseBudget(parsesPerSecond, parseBurst, nanoTime);
        hits = counter(registry, "hit");
        parsed = counter(registry, "parsed");
        overBudget = counter(registry, "over_budget");
    }

    Device find(String userAgent) {
        String key = cut(userAgent);
        Device known = cache.getIfPresent(key);
        if (known != null) {
            hits.increment();
            return known;
        }
        if (!budget.tryTake()) {
            overBudget.increment();
            return Device.UNKNOWN;
        }
        Device device = parser.parse(key);
        cache.put(key, device);
        parsed.increment();
        return device;
    }

    private static String cut(String userAgent) {
        return userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return registry.counter("sluice.device.lookups", Tags.of("result", result));
    }
}
