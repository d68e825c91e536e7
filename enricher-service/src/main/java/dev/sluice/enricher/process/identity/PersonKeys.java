package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.runtime.identity.IdRef;

/// The person that each id is by itself: a keyed hash, for nobody to guess. Thread-safe.
public final class PersonKeys {

    private final ThreadLocal<SubjectKeys> keys;

    /// @throws IllegalArgumentException if the secret is too short
    public PersonKeys(SubjectSecret secret) {
        SubjectKeys first = new SubjectKeys(secret);
        keys = ThreadLocal.withInitial(() -> new SubjectKeys(secret));
        keys.set(first);
    }

    IdRef of(TenantId tenant, SubjectId id) {
        String person = keys.get().person(tenant, id).toString();
        return new IdRef(person, tenant.value(), id.kind().field(), id.value());
    }
}
