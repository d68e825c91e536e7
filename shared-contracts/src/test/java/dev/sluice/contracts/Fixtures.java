package dev.sluice.contracts;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Sample events for the tests of this module.
public final class Fixtures {

    public static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.123456Z");

    private Fixtures() {}

    public static Receipt receipt(int number) {
        return new Receipt(
                new EventId("event-" + number),
                new TenantId("acme"),
                new SourceId("web"),
                RECEIVED,
                "acme/device-" + number % 7,
                "203.0.113.9",
                "Mozilla/5.0",
                null);
    }

    public static CheckedFacts facts() {
        return new CheckedFacts(
                "page_view",
                null,
                "1-0-0",
                RECEIVED.minusSeconds(2),
                RECEIVED.minusSeconds(3),
                RECEIVED.minusSeconds(1),
                "device-1",
                "Zoë",
                null,
                "203.0.113.9",
                "Mozilla/5.0");
    }

    public static SectionedEvent received(int number) {
        String body =
                "{\"event_type\":\"page_view\",\"event_id\":\"event-%d\",\"properties\":{\"n\":%d,\"title\":\"Läden\"}}"
                        .formatted(number, number);
        return SectionedEvent.received(receipt(number).encode(), Bytes.utf8(body));
    }

    public static List<SectionedEvent> received(int from, int to) {
        return IntStream.range(from, to).mapToObj(Fixtures::received).toList();
    }
}
