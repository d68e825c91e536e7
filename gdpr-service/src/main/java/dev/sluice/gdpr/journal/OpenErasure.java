package dev.sluice.gdpr.journal;

import dev.sluice.gdpr.store.Holdings;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// An erasure that has begun.
///
/// @param askedAt when it was asked for first; what was received before goes
/// @param held by the name of the store; what was found so far
public record OpenErasure(Instant askedAt, Map<String, Holdings> held) {

    /// What a store holds, or held before it was interrupted.
    public Holdings held(String store) {
        return held.getOrDefault(store, Holdings.NONE);
    }

    /// The same with what was found in a store now.
    public OpenErasure with(String store, Holdings found) {
        Map<String, Holdings> all = new TreeMap<>(held);
        all.merge(store, found, Holdings::plus);
        return new OpenErasure(askedAt, all);
    }
}
