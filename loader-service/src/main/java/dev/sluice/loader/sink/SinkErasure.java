package dev.sluice.loader.sink;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;

import java.time.Instant;
import java.util.Set;

/// Whose events are to go: those of a tenant with one of these ids, as the enricher sent them on,
/// that were received before the erasure was asked for.
public record SinkErasure(TenantId tenant, Set<SubjectId> ids, Instant receivedBefore) {

    /// @throws IllegalArgumentException without an id, since that would be everybody
    public SinkErasure {
        ids = Set.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("an erasure needs an id");
        }
    }
}
