package dev.sluice.collector.producers;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// Who a write key belongs to, and what it may do.
///
/// @param origins of web pages that may send, such as `https://shop.example`; all if empty
/// @param protocols it may speak, such as `native` or `segment`; all if empty
/// @param signing of its requests; null if they need not be signed
/// @param eventsPerSecond at most; 0 for no limit
/// @param bytesPerSecond of bodies, decompressed, at most; 0 for no limit
public record Producer(
        TenantId tenantId,
        SourceId sourceId,
        Set<String> origins,
        Set<String> protocols,
        @Nullable SigningSecret signing,
        long eventsPerSecond,
        long bytesPerSecond) {

    public Producer {
        origins = Set.copyOf(origins);
        protocols = Set.copyOf(protocols);
        if (eventsPerSecond < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate of " + tenantId + " is negative");
        }
    }

    /// One that may do everything.
    public static Producer of(TenantId tenantId, SourceId sourceId) {
        return new Producer(tenantId, sourceId, Set.of(), Set.of(), null, 0, 0);
    }

    public boolean allowsOrigin(@Nullable String origin) {
        return origin == null || origins.isEmpty() || origins.contains(origin);
    }

    public boolean speaks(String protocol) {
        return protocols.isEmpty() || protocols.contains(protocol);
    }
}
