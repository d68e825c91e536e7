package dev.sluice.contracts.rejection;

import dev.sluice.contracts.lines.LineBatch;

import java.util.List;

/// What a record of the quarantine's stream holds: [QuarantineRecord]s, a line each.
public final class QuarantineBatch {

    private QuarantineBatch() {}

    /// Batches that hold these records, in order.
    ///
    /// @throws IllegalArgumentException if one record is too large by itself, which none is whose
    ///     large original is in an object of its own
    public static List<byte[]> encode(List<QuarantineRecord> records) {
        return LineBatch.encode(records.stream().map(QuarantineRecord::encode).toList());
    }

    /// The records of a batch.
    ///
    /// @throws IllegalArgumentException saying what is wrong, if it is none
    public static List<QuarantineRecord> decode(byte[] batch) {
        return LineBatch.decode(batch).stream().map(QuarantineRecord::decode).toList();
    }
}
