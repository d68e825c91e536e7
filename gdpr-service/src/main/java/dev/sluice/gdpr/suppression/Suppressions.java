package dev.sluice.gdpr.suppression;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.keylist.KeyEntry;
import dev.sluice.runtime.keylist.KeyList;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Puts subjects on the suppression list. For one thread at a time.
public final class Suppressions {

    private final KeyList list;
    private final SubjectKeys keys;

    /// @throws IllegalArgumentException if the secret is too short
    public Suppressions(KeyList list, SubjectSecret secret) {
        this.list = list;
        keys = new SubjectKeys(secret);
    }

    /// The keys of subjects, in an order of their own.
    public List<String> keysOf(TenantId tenant, Collection<SubjectId> subjects) {
        return subjects.stream().map(id -> keys.of(tenant, id).toString()).sorted().toList();
    }

    /// Has their events dropped from now on. Doing it again is right.
    ///
    /// @param bound what was received before it is dropped, in microseconds since 1970; or
    ///     [SuppressionList#FOR_EVER]
    /// @param at when this was asked for
    /// @param reference of the request, for people
    /// @throws SetupFailure if the list was written under another secret
    public void add(
            TenantId tenant,
            Collection<SubjectId> subjects,
            long bound,
            Instant at,
            String reference) {
        requireSecret();
        raise(SuppressionList.Reader.NOBODY, keys.fingerprint(), 0, at, reference);
        for (SubjectId subject : subjects) {
            raise(tenant.value(), keys.of(tenant, subject), bound, at, reference);
        }
    }

    private void requireSecret() {
        try {
            var _ = SuppressionList.of(keys.fingerprint(), to -> list.read(to::entry));
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(list.place() + ": " + e.getMessage(), e);
        }
    }

    private void raise(String owner, SubjectKey key, long bound, Instant at, String reference) {
        list.raise(new KeyEntry(owner, key.high(), key.low(), bound, at, reference));
    }
}
