package dev.sluice.loader;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.runtime.reference.FixedFiles;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceFiles;
import dev.sluice.runtime.reference.ReferenceTiming;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Enriched events for the tests of this module.
public final class Fixtures {

    public static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.123456Z");

    /// Whose events they are, if nobody else is named.
    public static final TenantId ACME = new TenantId("acme");

    private static final String ENRICHED = "2026-11-21T10:00:01Z";

    private Fixtures() {}

    /// A page view of a device, a second before it was received.
    public static SectionedEvent pageView(String eventId) {
        return event(
                eventId,
                "page_view",
                Duration.ofSeconds(1),
                """
                {"event_type":"page_view","context":{"page":{"url":"https://shop.example/"}},"properties":{}}""");
    }

    /// An event of any type whose body is given, that happened so long before it was received.
    public static SectionedEvent event(String eventId, String type, Duration age, String body) {
        return event(eventId, type, age, body, ENRICHED);
    }

    /// The same, enriched at a time of its own.
    public static SectionedEvent event(
            String eventId, String type, Duration age, String body, String enriched) {
        return event(ACME.value(), eventId, RECEIVED, type, age, body, enriched);
    }

    /// A search of a tenant's, received at any time.
    public static SectionedEvent search(String tenant, String eventId, Instant received) {
        return received(tenant, eventId, received, "search", "{}");
    }

    /// An event of any type of a tenant's, received at any time.
    public static SectionedEvent received(
            String tenant, String eventId, Instant received, String type, String body) {
        return event(tenant, eventId, received, type, Duration.ofSeconds(1), body, ENRICHED);
    }

    /// Rows as the bundled contracts have them, for ever.
    public static Reference<EventRows> eventRows() {
        return eventRows(
                new FixedFiles("bundled", ContractCatalog.bundledFiles()), InstantSource.system());
    }

    /// Rows as the contracts in these files have them.
    public static Reference<EventRows> eventRows(ReferenceFiles files, InstantSource clock) {
        return Reference.load(
                "contracts",
                files,
                content -> EventRows.of(ContractCatalog.of(files.place(), content)),
                new ReferenceTiming(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO),
                clock,
                new SimpleMeterRegistry());
    }

    /// A search by the ids that it has, and the person that the enricher gave it.
    public static SectionedEvent of(
            String eventId, @Nullable String anonymousId, @Nullable String userId, String person) {
        return event(
                ACME.value(),
                eventId,
                RECEIVED,
                "search",
                Duration.ofSeconds(1),
                "{}",
                ENRICHED,
                new Who(anonymousId, userId, person));
    }

    private record Who(@Nullable String anonymousId, @Nullable String userId, String person) {}

    private static SectionedEvent event(
            String tenant,
            String eventId,
            Instant received,
            String type,
            Duration age,
            String body,
            String enriched) {
        Who device = new Who("device-1", null, "device-1");
        return event(tenant, eventId, received, type, age, body, enriched, device);
    }

    private static SectionedEvent event(
            String tenant,
            String eventId,
            Instant received,
            String type,
            Duration age,
            String body,
            String enriched,
            Who who) {
        Receipt receipt =
                new Receipt(
                        new EventId(eventId),
                        new TenantId(tenant),
                        new SourceId("web"),
                        received,
                        tenant + "/device-1",
                        "203.0.113.9",
                        null,
                        null);
        CheckedFacts facts =
                new CheckedFacts(
                        type,
                        null,
                        "1-0-0",
                        received.minus(age),
                        null,
                        null,
                        who.anonymousId,
                        who.userId,
                        null,
                        "203.0.113.9",
                        null);
        return SectionedEvent.received(receipt.encode(), Bytes.utf8(body))
                .withChecked(facts.encode())
                .withEnrichment(
                        Bytes.utf8(
                                "{\"enriched_ts\":\""
                                        + enriched
                                        + "\",\"person_id\":\""
                                        + who.person
                                        + "\",\"is_late\":false}"));
    }
}
