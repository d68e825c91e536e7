package dev.sluice.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.schema.ContractCatalog;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TrafficModelTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private Instant now = START;

    @Test
    void repeatsItselfForTheSameSeed() {
        List<PlannedBatch> first = batches(model(7, TroubleMix.USUAL), 200);
        List<PlannedBatch> second = batches(model(7, TroubleMix.USUAL), 200);
        assertThat(bodies(second)).isEqualTo(bodies(first));
        assertThat(second)
                .extracting(PlannedBatch::format)
                .isEqualTo(first.stream().map(PlannedBatch::format).toList());
    }

    @Test
    void sharesNoEventBetweenSeeds() {
        Set<String> ids = new HashSet<>(ids(events(model(7, TroubleMix.NONE), 1_000)));
        assertThat(events(model(8, TroubleMix.NONE), 1_000))
                .noneMatch(event -> ids.contains(event.eventId()));
    }

    @Test
    void sharesNoEventBetweenRunsOfOneSeedAtDifferentTimes() {
        Set<String> ids = new HashSet<>(ids(events(model(7, TroubleMix.NONE), 1_000)));
        now = START.plusSeconds(3_600);
        assertThat(events(model(7, TroubleMix.NONE), 1_000))
                .noneMatch(event -> ids.contains(event.eventId()));
    }

    @Test
    void keepsTheContractsWithGoodEvents() {
        Contracts contracts = new Contracts();
        for (PlannedEvent event : events(model(1, TroubleMix.NONE), 5_000)) {
            assertThat(contracts.errors(event)).as(event.eventType()).isEmpty();
            assertThat(event.expectation()).isEqualTo(new Expectation.Loaded());
        }
    }

    @Test
    void breaksTheContractsExactlyWhereItSaysSo() {
        Contracts contracts = new Contracts();
        Set<String> known = ContractCatalog.bundled().eventTypes();
        for (PlannedEvent event :
                events(model(2, new TroubleMix(0.2, 0.2, 0.1, 0.1, 0, 0)), 5_000)) {
            String reason =
                    switch (event.expectation()) {
                        case Expectation.Loaded loaded -> "loaded";
                        case Expectation.Quarantined quarantined -> quarantined.reason().code();
                    };
            String found =
                    !known.contains(event.eventType())
                            ? "unknown_type"
                            : contracts.errors(event).isEmpty() ? "loaded" : "contract_violation";
            assertThat(found).as("%s %s", event.eventType(), event.eventId()).isEqualTo(reason);
        }
    }

    @Test
    void writesEventsOfOneToTwoAndAHalfKilobytes() {
        List<Integer> sizes =
                events(model(3, TroubleMix.USUAL), 5_000).stream()
                        .map(event -> event.json().length)
                        .toList();
        assertThat(sizes.stream().mapToInt(size -> size).average().orElseThrow())
                .isBetween(1_700.0, 2_300.0);
        assertThat(sizes).allMatch(size -> size > 1_000 && size < 6_000);
        // Carts with many lines and answers with many products are longer.
        assertThat(sizes.stream().filter(size -> size > 2_500).count()).isLessThan(250);
    }

    @Test
    void visitsEveryEventType() {
        Set<String> seen =
                events(model(4, TroubleMix.NONE), 20_000).stream()
                        .map(PlannedEvent::eventType)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen).isEqualTo(ContractCatalog.bundled().eventTypes());
    }

    @Test
    void movesForwardOnEachDeviceAndStaysNearTheClock() {
        Map<String, Instant> last = new HashMap<>();
        TrafficModel model = model(5, TroubleMix.NONE);
        for (int i = 0; i < 2_000; i++) {
            now = now.plusMillis(20);
            PlannedBatch batch = model.nextBatch();
            for (PlannedEvent event : batch.events()) {
                assertThat(event.happenedAt())
                        .isAfter(last.getOrDefault(batch.anonymousId(), Instant.EPOCH))
                        .isBetween(now.minusSeconds(301), now.plusSeconds(1));
                last.put(batch.anonymousId(), event.happenedAt());
            }
        }
        assertThat(last).hasSize(100);
    }

    @Test
    void sendsOneDeviceInEachBatchOfOneToFifty() {
        List<PlannedBatch> batches = batches(model(6, TroubleMix.USUAL), 3_000);
        assertThat(batches).allSatisfy(batch -> assertThat(batch.events()).hasSizeBetween(1, 50));
        assertThat(batches).anyMatch(batch -> batch.events().size() == 1);
        assertThat(batches).anyMatch(batch -> batch.events().size() == 50);
        assertThat(batches).extracting(PlannedBatch::gzip).contains(true, false);
        assertThat(batches).extracting(PlannedBatch::format).contains(BodyFormat.values());
        for (PlannedBatch batch : batches.subList(0, 200)) {
            assertThat(batch.events())
                    .allSatisfy(
                            event ->
                                    assertThat(json(event).path("anonymous_id").asString())
                                            .isEqualTo(batch.anonymousId()));
        }
    }

    @Test
    void mixesTroubleInItsShares() {
        TroubleMix mix = new TroubleMix(0.03, 0.02, 0.01, 0.05, 0.04, 0);
        List<PlannedEvent> all = events(model(9, mix), 40_000);
        List<PlannedEvent> fresh = all.stream().filter(event -> !event.copy()).toList();
        double count = fresh.size();

        assertThat(quarantined(fresh, "contract_violation") / count).isCloseTo(0.05, within(0.006));
        assertThat(quarantined(fresh, "unknown_type") / count).isCloseTo(0.01, within(0.003));
        assertThat(fresh.stream().filter(event -> isLate(event)).count() / count)
                .isCloseTo(0.05, within(0.006));
        assertThat((all.size() - count) / count).isCloseTo(0.04 * 0.94, within(0.006));
    }

    @Test
    void sendsNoTroubleWhenNoneIsAsked() {
        List<PlannedEvent> events = events(model(10, TroubleMix.NONE), 5_000);
        assertThat(events).noneMatch(PlannedEvent::copy).noneMatch(TrafficModelTest::isLate);
        assertThat(new HashSet<>(ids(events))).hasSameSizeAs(events);
    }

    @Test
    void repeatsTheVerySameBytesAfterTheFirstCopy() {
        Map<String, PlannedEvent> first = new HashMap<>();
        int inTheSameBatch = 0;
        int copies = 0;
        TrafficModel model = model(11, new TroubleMix(0.1, 0.1, 0.1, 0, 0.1, 0));
        for (PlannedBatch batch : batches(model, 1_000)) {
            Set<String> here = new HashSet<>();
            for (PlannedEvent event : batch.events()) {
                if (event.copy()) {
                    copies++;
                    inTheSameBatch += here.contains(event.eventId()) ? 1 : 0;
                    PlannedEvent original = first.get(event.eventId());
                    assertThat(original).isNotNull();
                    assertThat(event.json()).isEqualTo(original.json());
                    assertThat(event.expectation()).isEqualTo(new Expectation.Loaded());
                } else {
                    assertThat(first.put(event.eventId(), event)).isNull();
                }
                here.add(event.eventId());
            }
        }
        assertThat(inTheSameBatch).isPositive().isLessThan(copies);
    }

    @Test
    void isCorrectedToTheTrueTimeOfLateAndSkewedEvents() {
        TrafficModel model = model(12, new TroubleMix(0, 0, 0, 0.3, 0, 0.5));
        Set<Boolean> skewed = new HashSet<>();
        for (PlannedEvent event : events(model, 3_000)) {
            Instant sent = time(event, "sent_ts");
            Instant corrected = now.minus(Duration.between(time(event, "event_ts"), sent));
            assertThat(corrected).isEqualTo(event.happenedAt());
            skewed.add(Duration.between(sent, now).abs().toMinutes() >= 2);
        }
        assertThat(skewed).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void refusesSharesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TroubleMix(0, 0, 0, 0, 1.1, 0))
                .withMessage("repeated must be 0 to 1, not 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TroubleMix(Double.NaN, 0, 0, 0, 0, 0))
                .withMessageContaining("wrongType");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TroubleMix(0.4, 0.4, 0.4, 0, 0, 0))
                .withMessageContaining("wrongType + missing + unknownType + late");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrafficModel(1, InstantSource.system(), TroubleMix.NONE, 0))
                .withMessageContaining("devices");
    }

    private TrafficModel model(long seed, TroubleMix mix) {
        return new TrafficModel(seed, () -> now, mix, 100);
    }

    private static List<PlannedBatch> batches(TrafficModel model, int count) {
        return IntStream.range(0, count).mapToObj(i -> model.nextBatch()).toList();
    }

    private static List<PlannedEvent> events(TrafficModel model, int atLeast) {
        List<PlannedEvent> events = new ArrayList<>();
        while (events.size() < atLeast) {
            events.addAll(model.nextBatch().events());
        }
        return events;
    }

    private static List<String> bodies(List<PlannedBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.events().stream())
                .map(event -> json(event).toString())
                .toList();
    }

    private static List<String> ids(List<PlannedEvent> events) {
        return events.stream().map(PlannedEvent::eventId).toList();
    }

    private static long quarantined(List<PlannedEvent> events, String reason) {
        return events.stream()
                .filter(
                        event ->
                                event.expectation() instanceof Expectation.Quarantined quarantined
                                        && quarantined.reason().code().equals(reason))
                .count();
    }

    private static boolean isLate(PlannedEvent event) {
        return Duration.between(time(event, "event_ts"), time(event, "sent_ts")).toMinutes() > 60;
    }

    private static Instant time(PlannedEvent event, String field) {
        return Timestamps.parse(json(event).path(field).stringValue()).orElseThrow();
    }

    private static JsonNode json(PlannedEvent event) {
        return JSON.readTree(event.json());
    }
}
