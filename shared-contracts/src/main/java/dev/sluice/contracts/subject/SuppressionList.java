package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.TenantId;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Whose events are dropped: for each subject, those that were received before a moment, or all.
/// Immutable; some forty bytes for a subject.
public final class SuppressionList {

    /// Nobody is erased.
    public static final SuppressionList EMPTY = new SuppressionList(Map.of());

    /// The moment before which all events were received, past and future ones.
    public static final long FOR_EVER = Long.MAX_VALUE;

    private final Map<TenantId, SubjectTable> byTenant;

    private SuppressionList(Map<TenantId, SubjectTable> byTenant) {
        this.byTenant = byTenant;
    }

    /// The list as it is stored.
    ///
    /// @param fingerprint of the secret in use
    /// @param entries hands each to the reader
    /// @throws IllegalArgumentException if some of the list was written under another secret, so
    ///     that those on it would not be recognised
    public static SuppressionList of(SubjectKey fingerprint, Consumer<Reader> entries) {
        Reader reader = new Reader(fingerprint);
        entries.accept(reader);
        return reader.list();
    }

    /// A moment as entries have it.
    ///
    /// @return microseconds since 1970
    public static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    /// Whether nobody of this tenant is on the list.
    public boolean isEmpty(TenantId tenant) {
        return !byTenant.containsKey(tenant);
    }

    /// Whether an event of this subject is to be dropped.
    public boolean covers(TenantId tenant, SubjectKey subject, Instant receivedTs) {
        SubjectTable subjects = byTenant.get(tenant);
        return subjects != null && micros(receivedTs) < subjects.bound(subject);
    }

    /// How many subjects are on it.
    public int size() {
        return byTenant.values().stream().mapToInt(SubjectTable::size).sum();
    }

    /// Takes the entries of a list as it is stored. One more entry, of nobody, says under which
    /// secret it was written.
    public static final class Reader {

        /// The tenant of the entry that has the secret's fingerprint.
        public static final String NOBODY = "";

        private final SubjectKey fingerprint;
        private final Map<TenantId, SubjectTable> byTenant = new HashMap<>();
        private boolean known;
        private boolean foreign;

        private Reader(SubjectKey fingerprint) {
            this.fingerprint = fingerprint;
        }

        /// @param tenant whose subject it is, or [#NOBODY]
        /// @param receivedBefore in microseconds since 1970, or [#FOR_EVER]
        /// @throws IllegalArgumentException if the tenant is none
        public void entry(String tenant, long high, long low, long receivedBefore) {
            SubjectKey key = new SubjectKey(high, low);
            if (tenant.equals(NOBODY)) {
                known |= key.equals(fingerprint);
                foreign |= !key.equals(fingerprint);
                return;
            }
            byTenant.computeIfAbsent(new TenantId(tenant), _ -> new SubjectTable())
                    .put(key, receivedBefore);
        }

        private SuppressionList list() {
            if (foreign || (!byTenant.isEmpty() && !known)) {
                throw new IllegalArgumentException(
                        "the suppression list was written under another secret of subjects");
            }
            return new SuppressionList(Map.copyOf(byTenant));
        }
    }
}
