package dev.sluice.gdpr.quarantine;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;

import java.util.Collection;
import java.util.List;

/// The rows of the quarantine. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the warehouse does not answer well.
public interface QuarantineTable {

    /// Rows that name one of the subjects.
    List<HeldRecord> find(Subjects whose);

    /// Removes rows and marks of replays, and counts as suppressed each record that was in the
    /// quarantine, or still on its way there: it does not come back. Wholly or not at all; doing it
    /// again changes nothing.
    void erase(TenantId tenant, Collection<HeldRecord> records);
}
