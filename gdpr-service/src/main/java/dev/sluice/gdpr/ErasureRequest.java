package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;

import java.util.Collection;
import java.util.Set;

/// What is asked for.
///
/// @param subjects ids of the person, as many as are known
/// @param forEver whether what the person sends later is dropped too
/// @param reference of the request, for people; without personal data
/// @param anyNumber whether it may match however many records
public record ErasureRequest(
        TenantId tenant,
        Set<SubjectId> subjects,
        boolean forEver,
        String reference,
        boolean anyNumber) {

    /// The same of all these ids.
    ErasureRequest with(Collection<SubjectId> all) {
        return new ErasureRequest(tenant, Set.copyOf(all), forEver, reference, anyNumber);
    }

    /// @throws IllegalArgumentException without an id or a reference
    public ErasureRequest {
        subjects = Set.copyOf(subjects);
        if (subjects.isEmpty() || reference.isBlank()) {
            throw new IllegalArgumentException("an erasure needs an id and a reference");
        }
    }
}
