package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;
import dev.sluice.enricher.process.Enriching.Learned;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryIdentityStore;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A store of ids, and tasks that enrich the events of a shop with it.
final class Shop {

    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final int MOST_IDS = 5;

    final EffectLog log = new EffectLog();
    final MemoryIdentityStore store = new MemoryIdentityStore(log);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Duration time = Duration.ZERO;

    /// A new task, which has nothing in its cache.
    IdentityEnrichment task() {
        IdentityCache cache =
                new IdentityCache(
                        1_000, Duration.ofMinutes(10), Duration.ofMinutes(1), () -> time.toNanos());
        CircuitBreaker breaker =
                CircuitBreaker.of(
                        "identity",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(4)
                                .minimumNumberOfCalls(4)
                                .build());
        return new IdentityEnrichment(
                Fixtures.PERSONS,
                new IdentityDirectory(store, cache, breaker, MOST_IDS, meters),
                new IdentityLimits(3, MOST_IDS, Duration.ofSeconds(2)),
                () -> time.toNanos());
    }

    double count(String meter, String tag, String value) {
        return meters.get(meter).tag(tag, value).counter().count();
    }

    static List<Learned> run(IdentityEnrichment task, EventView... slice) {
        return Enriching.slice(task, List.of(slice));
    }

    static List<String> persons(IdentityEnrichment task, EventView... slice) {
        return run(task, slice).stream().map(Shop::person).toList();
    }

    static String person(Learned learned) {
        return learned.section().path("person_id").asString();
    }

    static boolean failed(Learned learned) {
        return learned.section().path("enrichments_failed").asString("").equals("identity");
    }

    static List<IdentityLink> links(List<Learned> slice) {
        return slice.stream()
                .flatMap(each -> each.derived().stream())
                .map(IdentityLink.class::cast)
                .toList();
    }

    /// @param second of its receipt, after noon; with the ids it is the event's own id
    static EventView event(int second, @Nullable String device, @Nullable String user) {
        return event("page_view", second, device, user, "{}");
    }

    static EventView alias(int second, String previous, String user) {
        return event(
                "alias",
                second,
                null,
                user,
                "{\"properties\":{\"previous_id\":\"%s\"}}".formatted(previous));
    }

    static EventView event(
            String type, int second, @Nullable String device, @Nullable String user, String body) {
        Receipt receipt =
                new Receipt(
                        new EventId("e " + second + device + user),
                        new TenantId("shop"),
                        new SourceId("web"),
                        NOON.plusSeconds(second),
                        "key",
                        null,
                        null,
                        null);
        CheckedFacts facts =
                new CheckedFacts(
                        type, null, "1-0-0", NOON, null, null, device, user, null, null, null);
        return Enriching.view(
                SectionedEvent.received(receipt.encode(), Bytes.utf8(body))
                        .withChecked(facts.encode()));
    }

    static String user(String id) {
        return Fixtures.person(SubjectKind.USER_ID, id);
    }

    static String device(String id) {
        return Fixtures.person(SubjectKind.ANONYMOUS_ID, id);
    }
}
