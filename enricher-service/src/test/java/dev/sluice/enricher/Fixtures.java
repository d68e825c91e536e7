package dev.sluice.enricher;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.pii.PseudonymKey;
import dev.sluice.contracts.pii.PseudonymSecret;
import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.process.Consequences;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentLayout;
import dev.sluice.enricher.process.Enrichments;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.device.DeviceLookup;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.domain.DomainFixtures;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.enricher.process.identity.IdentityCache;
import dev.sluice.enricher.process.identity.IdentityDirectory;
import dev.sluice.enricher.process.identity.IdentityEnrichment;
import dev.sluice.enricher.process.identity.IdentityLimits;
import dev.sluice.enricher.process.identity.PersonKeys;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.session.SessionRules;
import dev.sluice.enricher.process.traffic.ChannelRules;
import dev.sluice.enricher.process.traffic.Referrers;
import dev.sluice.enricher.process.traffic.TrafficEnrichment;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.memory.MemoryIdentityStore;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Valid events and their frames.
public final class Fixtures {

    /// When every event of these tests was received, and when it is enriched.
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    public static final EnrichmentLayout LAYOUT = new EnrichmentLayout(EventsTable.bundled());

    public static final Pseudonyms PSEUDONYMS =
            new Pseudonyms(List.of(new PseudonymKey("k1", PseudonymSecret.of("s".repeat(32)))));

    private static final EventRules RULES = new EventRules(ContractCatalog.bundled());

    public static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    /// The defaults, but reported every minute and a conversion that comes often.
    public static final SessionRules SESSIONS =
            new SessionRules(
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(24),
                    Duration.ofMinutes(1),
                    Set.of("purchase"),
                    false,
                    false,
                    1000);

    private static final DomainEvents DOMAIN_EVENTS =
            new DomainEvents(DomainFixtures.defaults(), Switches.ALL_ON, new SimpleMeterRegistry());
    private static final SubjectSecret SECRET =
            SubjectSecret.of("a secret of 32 bytes or more, or so");

    public static final PersonKeys PERSONS = new PersonKeys(SECRET, 100_000);

    private Fixtures() {}

    /// The person that an id of these tests' tenant is by itself.
    public static String person(SubjectKind kind, String id) {
        return new SubjectKeys(SECRET)
                .person(new TenantId("shop"), new SubjectId(kind, id))
                .toString();
    }

    public static Receipt receipt(String eventId) {
        return new Receipt(
                new EventId(eventId),
                new TenantId("shop"),
                new SourceId("web"),
                NOW,
                "shop/device-" + eventId,
                "198.51.100.7",
                null,
                null);
    }

    public static CheckedFacts facts(
            Instant eventTs,
            @Nullable String anonymousId,
            @Nullable String userId,
            @Nullable String sessionId,
            @Nullable String userAgent) {
        return new CheckedFacts(
                "page_view",
                null,
                "1-0-0",
                eventTs,
                null,
                null,
                anonymousId,
                userId,
                sessionId,
                null,
                userAgent);
    }

    public static EventEnvelope envelope(CheckedFacts facts) {
        return new EventEnvelope(receipt("e-1"), facts);
    }

    /// A page view that has passed the validator.
    public static SectionedEvent valid(String eventId) {
        return valid(eventId, facts(NOW.minusSeconds(2), "a-" + eventId, null, null, IPHONE));
    }

    /// As the validator sends it, which says where it had read it.
    public static SectionedEvent valid(String eventId, String shard, int sequence, int index) {
        return valid(eventId)
                .withOrigin(new OriginCodec().encode(shard, String.valueOf(sequence), index));
    }

    /// Passed the validator, but for one section that is not there.
    public static SectionedEvent unchecked(String eventId) {
        return SectionedEvent.received(receipt(eventId).encode(), Bytes.utf8("{\"a\":1}"));
    }

    public static SectionedEvent valid(String eventId, CheckedFacts facts) {
        return SectionedEvent.received(
                        receipt(eventId).encode(), Bytes.utf8("{ \"event_type\":\"page_view\" }"))
                .withChecked(facts.encode());
    }

    /// By the bundled contracts.
    public static Redaction redaction(Switches switches) {
        return new Redaction(BodyRedactor.with(PSEUDONYMS), () -> RULES, switches);
    }

    /// By contracts that change.
    public static Redaction redaction(Supplier<EventRules> rules) {
        return new Redaction(BodyRedactor.with(PSEUDONYMS), rules, Switches.ALL_ON);
    }

    /// With the rules of domain events that come along.
    public static Consequences consequences() {
        return new Consequences(redaction(Switches.ALL_ON), DOMAIN_EVENTS);
    }

    public static EventEnricher enricher(List<Enrichment> enrichments) {
        return enricher(enrichments, redaction(Switches.ALL_ON));
    }

    public static EventEnricher enricher(List<Enrichment> enrichments, Redaction redaction) {
        return new EventEnricher(enrichments, Switches.ALL_ON, LAYOUT, redaction, consequences());
    }

    /// All there are, without databases of places.
    public static List<Enrichment> enrichments() {
        return enrichments(identity(), GeoLookup.off());
    }

    public static List<Enrichment> enrichments(IdentityEnrichment identity, GeoLookup places) {
        return Enrichments.all(
                identity,
                devices(),
                places,
                new TrafficEnrichment(Referrers.bundled(1000), ChannelRules.bundled()),
                Duration.ofHours(1));
    }

    /// Against a store of its own.
    public static IdentityEnrichment identity() {
        return identity(new MemoryIdentityStore(), new SimpleMeterRegistry());
    }

    /// With the limits of the default settings, a new cache, and a breaker that never opens.
    public static IdentityEnrichment identity(IdentityStore store, MeterRegistry meters) {
        IdentityCache cache =
                new IdentityCache(
                        10_000, Duration.ofMinutes(10), Duration.ofMinutes(1), System::nanoTime);
        IdentityLimits limits = new IdentityLimits(3, 100, Duration.ofSeconds(2));
        return new IdentityEnrichment(
                PERSONS,
                new IdentityDirectory(
                        store, cache, CircuitBreaker.ofDefaults("identity"), 100, meters),
                limits,
                System::nanoTime);
    }

    public static DeviceLookup devices() {
        return new DeviceLookup(1000, 1000, 1000, System::nanoTime, new SimpleMeterRegistry());
    }

    public static byte[] frame(SectionedEvent... events) {
        List<byte[]> frames =
                new FrameEncoder(
                                FrameLimits.DEFAULT,
                                1 << 20,
                                new UUID(0, 0),
                                InstantSource.fixed(NOW))
                        .encode(List.of(events));
        if (frames.size() != 1) {
            throw new IllegalArgumentException("the events do not fit one frame");
        }
        return frames.getFirst();
    }
}
