package dev.sluice.loader.derived;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.lines.LineBatch;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.quarantine.QuarantineRows;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads records of the derived stream. A line that cannot be read, or not be a row, is refused by
/// itself; the others of its record go on.
final class DerivedReader {

    /// @param good lines, in order; what is not for the warehouse is among them
    /// @param refused a record for each of the others
    record Lines(List<Derived> good, List<QuarantineRecord> refused) {}

    private DerivedReader() {}

    static Lines read(RecordBatch batch, StreamRecord record) {
        Lines read = new Lines(new ArrayList<>(), new ArrayList<>());
        try {
            List<String> lines = LineBatch.decode(record.data());
            for (int i = 0; i < lines.size(); i++) {
                read(batch, record, i, lines.get(i), read);
            }
        } catch (IllegalArgumentException e) {
            Rejection why =
                    new Rejection.DecodeFailure(
                            "a record of %d bytes on the derived stream cannot be read"
                                    .formatted(record.data().length));
            read.refused.add(refused(batch, record, QuarantineId.WHOLE_FRAME, why, record.data()));
        }
        return read;
    }

    private static void read(
            RecordBatch batch, StreamRecord record, int index, String line, Lines into) {
        byte[] original = line.getBytes(StandardCharsets.UTF_8);
        try {
            Derived derived = DerivedBatch.decodeLine(line);
            refusal(derived)
                    .ifPresentOrElse(
                            why -> into.refused.add(refused(batch, record, index, why, original)),
                            () -> into.good.add(derived));
        } catch (IllegalArgumentException e) {
            Rejection why = new Rejection.DecodeFailure(String.valueOf(e.getMessage()));
            into.refused.add(refused(batch, record, index, why, original));
        }
    }

    private static Optional<Rejection> refusal(Derived derived) {
        Optional<Rejection> misfit =
                switch (derived) {
                    case SessionChange session -> DerivedTables.SESSIONS.refusal(session);
                    case IdentityLink link -> DerivedTables.IDENTITIES.refusal(link);
                    case DomainEvent _ -> Optional.empty();
                };
        return misfit.isPresent() || isTenant(derived.tenantId())
                ? misfit
                : Optional.of(new Rejection.DoesNotFit("tenant_id", "holds the id of a tenant"));
    }

    private static boolean isTenant(@Nullable String id) {
        if (id == null) {
            return false;
        }
        try {
            var _ = new TenantId(id);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static QuarantineRecord refused(
            RecordBatch batch, StreamRecord record, int index, Rejection why, byte[] original) {
        QuarantineId position =
                new QuarantineId(
                        batch.stream().value(),
                        batch.shard().value(),
                        record.sequence().toString(),
                        index);
        return QuarantineRecord.of(
                QuarantineRows.DERIVED,
                position,
                why,
                null,
                null,
                null,
                record.arrivedAt(),
                original);
    }
}
