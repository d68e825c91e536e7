package dev.sluice.loader.quarantine;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.subject.BodySubjects;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.runtime.objects.ObjectStore;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells records of persons who were erased while the records were on their way. For one thread at
/// a time.
public final class SuppressedRecords {

    private final SuppressionCheck check;
    private final ObjectStore objects;

    /// @param objects have the originals that are too large for a record
    public SuppressedRecords(SuppressionCheck check, ObjectStore objects) {
        this.check = check;
        this.objects = objects;
    }

    /// Whether the record is to be dropped. What has no receipt cannot be told. A large original
    /// that is gone has been dropped before.
    boolean has(QuarantineRecord refused) {
        Receipt receipt = refused.receipt();
        if (receipt == null) {
            return false;
        }
        AtomicBoolean gone = new AtomicBoolean();
        boolean covered =
                check.covers(
                        receipt.tenantId(), receipt.receivedTs(), () -> subjects(refused, gone));
        return covered || gone.get();
    }

    /// Removes the large original of a record that was dropped, if it has one.
    void forget(QuarantineRecord dropped) {
        String key = dropped.originalKey();
        if (key != null) {
            objects.delete(key);
        }
    }

    private Set<SubjectId> subjects(QuarantineRecord refused, AtomicBoolean gone) {
        String key = refused.originalKey();
        if (key == null) {
            return BodySubjects.of(refused.original());
        }
        Optional<byte[]> original = objects.read(key);
        gone.set(original.isEmpty());
        return original.map(BodySubjects::of).orElse(Set.of());
    }
}
