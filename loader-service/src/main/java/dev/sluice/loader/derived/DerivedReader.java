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
        List<String> lines;
        try {
            lines = LineBatch.decode(record.data());
        } catch (IllegalArgumentException e) {
            Rejection why =
                    new Rejection.DecodeFailure(
                            "a record of %d bytes on the derived stream cannot be read"
                                    .formatted(record.data().length));
            return new Lines(
                    List.of(),
                    List.of(
                            refused(
                                    batch,
                                    record,
                                    QuarantineId.WHOLE_FRAME,
                                    why,
                                    record.data())));
        }
        Lines read = new Lines(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            try {
                Derived derived = DerivedBatch.decodeLine(line);
                Rejection why = refusal(derived).orElse(null);
                if (why == null) {
                    read.good.add(derived);
                } else {
                    read.refused.add(refused(batch, record, i, why, utf8(line)));
                }
            } catch (IllegalArgumentException e) {
                Rejection why = new Rejection.DecodeFailure(String.valueOf(e.getMessage()));
                read.refused.add(refused(batch, record, i, why, utf8(line)));
            }
        }
        return read;
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
                QuarantineRows.DERIVED, position, why, null, null, null, record.arrivedAt(), original);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
