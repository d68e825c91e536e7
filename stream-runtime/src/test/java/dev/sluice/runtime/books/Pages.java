package dev.sluice.runtime.books;

import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Pages to put.
final class Pages {

    static final Instant MINUTE = Instant.parse("2026-11-25T10:07:00Z");

    /// As long as Kinesis makes them.
    static final String LONG = "49590338271490256608559692538361571095921575989136588898";

    private Pages() {}

    static BookPage page(String from, String upTo, long published) {
        return new BookPage(
                "validator",
                "shardId-000000000000",
                MINUTE,
                SequenceNumber.of(from),
                SequenceNumber.of(upTo),
                Map.of("shop", published(published)));
    }

    /// @param tenants of the longest ids there are
    static BookPage wide(int tenants, String upTo, long published) {
        return wide("1", tenants, upTo, published);
    }

    static BookPage wide(String from, int tenants, String upTo, long published) {
        Map<String, BookCounts> counts = new LinkedHashMap<>();
        for (int i = 0; i < tenants; i++) {
            counts.put("%064d".formatted(i), published(published));
        }
        return new BookPage(
                "validator",
                "wide",
                MINUTE,
                SequenceNumber.of(from),
                SequenceNumber.of(upTo),
                counts);
    }

    static BookCounts published(long events) {
        return new BookCounts(new Tally(events, events, 0, 0, 0), 0);
    }
}
