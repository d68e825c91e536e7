package dev.sluice.gdpr.store;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/// Whose events are to go: those of a tenant with one of these ids that were received before the
/// erasure was asked for.
public record Subjects(TenantId tenant, Set<SubjectId> ids, Instant receivedBefore) {

    /// @throws IllegalArgumentException without an id, since that would be everybody
    public Subjects {
        ids = Set.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("an erasure needs an id");
        }
    }

    /// Whether an event, by its receipt, can be one of them.
    public boolean mayHave(TenantId owner, Instant receivedTs) {
        return tenant.equals(owner) && receivedTs.isBefore(receivedBefore);
    }

    public boolean haveOneOf(Collection<SubjectId> others) {
        return others.stream().anyMatch(ids::contains);
    }
}
