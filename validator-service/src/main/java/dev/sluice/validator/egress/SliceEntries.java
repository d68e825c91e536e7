package dev.sluice.validator.egress;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.books.BookEntries;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.SuppressedEvent;
import dev.sluice.validator.process.UniqueBatch;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What a slice adds to the books of its shard.
public final class SliceEntries {

    private static final String NOBODY = "";

    private SliceEntries() {}

    /// Whatever has no receipt that can be read is entered under nobody, in the minute in which it
    /// arrived.
    public static BookEntries of(UniqueBatch slice) {
        BookEntries entries = new BookEntries();
        for (CheckedEvent event : slice.unique()) {
            ReceivedEvent received = event.received();
            entries.published(received.record(), receivedAt(received), tenant(received));
        }
        for (CheckedEvent event : slice.duplicates()) {
            ReceivedEvent received = event.received();
            entries.duplicate(received.record(), receivedAt(received), tenant(received));
        }
        for (RejectedEvent event : slice.rejected()) {
            entries.rejected(
                    event.record(), event.quarantined().receivedTs(), tenant(event.quarantined()));
        }
        for (SuppressedEvent event : slice.suppressed()) {
            entries.suppressed(event.record(), event.receivedTs(), event.tenant().value());
        }
        return entries;
    }

    private static Instant receivedAt(ReceivedEvent event) {
        return event.receipt().receivedTs();
    }

    private static String tenant(ReceivedEvent event) {
        return event.receipt().tenantId().value();
    }

    private static String tenant(QuarantineRecord record) {
        @Nullable String tenant = record.tenantId();
        return tenant == null ? NOBODY : tenant;
    }
}
