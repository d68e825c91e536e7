package dev.sluice.enricher.process.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.runtime.identity.IdRef;

/// The person that each id is by itself: a keyed hash, for nobody to guess. It costs more than a
/// look into a map, so it is kept for a while. Thread-safe.
public final class PersonKeys {

    private record Key(TenantId tenant, SubjectId id) {}

    private final ThreadLocal<SubjectKeys> keys;
    private final Cache<Key, IdRef> known;

    /// @param cacheSize ids kept
    /// @throws IllegalArgumentException if the secret is too short
    public PersonKeys(SubjectSecret secret, int cacheSize) {
        SubjectKeys first = new SubjectKeys(secret);
        keys = ThreadLocal.withInitial(() -> new SubjectKeys(secret));
        keys.set(first);
        known = Caffeine.newBuilder().maximumSize(cacheSize).build();
    }

    IdRef of(TenantId tenant, SubjectId id) {
        Key key = new Key(tenant, id);
        IdRef ref = known.getIfPresent(key);
        if (ref == null) {
            ref = hashed(tenant, id);
            known.put(key, ref);
        }
        return ref;
    }

    private IdRef hashed(TenantId tenant, SubjectId id) {
        String person = keys.get().person(tenant, id).toString();
        return new IdRef(person, tenant.value(), id.kind().field(), id.value());
    }
}
