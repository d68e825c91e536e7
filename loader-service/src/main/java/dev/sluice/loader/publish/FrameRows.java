package dev.sluice.loader.publish;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.books.BookEntries;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A frame as rows and refusals: every event is in exactly one of the lists.
///
/// @param rows that fit the table
/// @param refused events, or the whole frame
/// @param replayed receipts of events that the enricher has sent before
/// @param bytes of the events in rows and refusals, decompressed
record FrameRows(
        List<ReceivedRow> rows,
        List<QuarantineRecord> refused,
        List<Receipt> replayed,
        long bytes) {

    private static final String NOBODY = "";

    /// Counts every event. One without a receipt that can be read is entered under nobody, in the
    /// minute in which it arrived.
    ///
    /// @param record that held the frame
    void enterInto(BookEntries entries, SequenceNumber record) {
        for (ReceivedRow row : rows) {
            entries.published(record, row.receipt().receivedTs(), tenant(row.receipt()));
        }
        for (QuarantineRecord event : refused) {
            @Nullable String tenant = event.tenantId();
            entries.rejected(record, event.receivedTs(), tenant == null ? NOBODY : tenant);
        }
        for (Receipt receipt : replayed) {
            entries.replayed(record, receipt.receivedTs(), tenant(receipt));
        }
    }

    private static String tenant(Receipt receipt) {
        return receipt.tenantId().value();
    }
}
