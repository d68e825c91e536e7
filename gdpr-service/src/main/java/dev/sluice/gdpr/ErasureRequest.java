package dev.sluice.gdpr;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;

import java.util.Set;

/// What is asked for.
///
/// @param subjects all ids of the person
/// @param forEver whether what the person sends later is dropped too
/// @param reference of the request, for people; without personal data
/// @param anyNumber whether it may match however many records
public record ErasureRequest(
        TenantId tenant,
        Set<SubjectId> subjects,
        boolean forEver,
        String reference,
        boolean anyNumber) {

    /// @throws IllegalArgumentException without an id or a reference
    public ErasureRequest {
        subjects = Set.copyOf(subjects);
        if (subjects.isEmpty() || reference.isBlank()) {
            throw new IllegalArgumentException("an erasure needs an id and a reference");
        }
    }
}
