package dev.sluice.enricher.egress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.enricher.ingress.RejectedEvent;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.runtime.books.BookEntries;

import org.jspecify.annotations.Nullable;

/// What a slice adds to the books of its shard.
public final class SliceEntries {

    private static final String NOBODY = "";

    private SliceEntries() {}

    /// Whatever has no receipt that can be read is entered under nobody, in the minute in which it
    /// arrived.
    public static BookEntries of(EnrichedBatch slice) {
        BookEntries entries = new BookEntries();
        for (EnrichedEvent event : slice.enriched()) {
            Receipt receipt = event.received().envelope().receipt();
            entries.published(
                    event.received().record(), receipt.receivedTs(), receipt.tenantId().value());
        }
        for (ReceivedEvent event : slice.replayed()) {
            Receipt receipt = event.envelope().receipt();
            entries.replayed(event.record(), receipt.receivedTs(), receipt.tenantId().value());
        }
        for (RejectedEvent event : slice.rejected()) {
            entries.rejected(
                    event.record(), event.quarantined().receivedTs(), tenant(event.quarantined()));
        }
        return entries;
    }

    private static String tenant(QuarantineRecord record) {
        @Nullable String tenant = record.tenantId();
        return tenant == null ? NOBODY : tenant;
    }
}
