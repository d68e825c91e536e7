package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.traffic.BodyFormat;
import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;
import dev.sluice.traffic.load.Delivery;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class OrderAuditTest {

    private final SendOrder order = new SendOrder();
    private final Map<String, Delivery> deliveries = new HashMap<>();
    private final Map<String, List<StreamLog.Entry>> streams = new HashMap<>();
    private final Map<String, Instant> receivedTs = new HashMap<>();
    private DoorTrouble trouble = DoorTrouble.NONE;

    @BeforeEach
    void twoDevicesSend() {
        sent("phone", "p0", "p1", "p2");
        sent("watch", "w0", "w1");
    }

    @Test
    void holdsWhenEachDeviceKeepsItsOrderHoweverTheyMix() {
        cameOut("w0", "p0", "p1", "w1", "p2");

        assertThat(check()).isEqualTo(new OrderAudit.Result(List.of(), 0, 5));
    }

    @Test
    void anEventThatCameOutAfterALaterOneIsNamed() {
        cameOut("p0", "p2", "p1", "w0");

        assertThat(check().overtaken())
                .containsExactly("p1 (event 1 of phone, after event 2; shard-0 at 3)");
        assertThat(check().exempt()).isZero();
        assertThat(check().checked()).isEqualTo(4);
    }

    @Test
    void everyEventThatWasOvertakenIsNamed() {
        cameOut("p2", "w1", "p0", "p1", "w0");

        assertThat(check().overtaken())
                .extracting(found -> found.substring(0, 2))
                .containsExactly("p0", "p1", "w0");
    }

    @Test
    void aCopyThatComesOutAgainIsNoDisorder() {
        cameOut("p0", "p1", "p2", "p0", "p1");

        assertThat(check()).isEqualTo(new OrderAudit.Result(List.of(), 0, 3));
    }

    @Test
    void theFirstOccurrenceCountsEvenIfALaterOneIsInOrder() {
        cameOut("p0", "p2", "p1", "p2");

        assertThat(check().overtaken()).hasSize(1);
    }

    @Test
    void nothingIsPromisedOfAnEventItsSenderHadNoAnswerFor() {
        deliveries.put("p1", new Delivery("p1", new Expectation.Loaded(), 0, 0, 1, 1));
        cameOut("p0", "p2", "p1", "w0", "w1");

        assertThat(check().overtaken()).isEmpty();

        streams.clear();
        deliveries.put("p1", acknowledged("p1"));
        deliveries.put("p2", new Delivery("p2", new Expectation.Loaded(), 1, 0, 1, 1));
        cameOut("p0", "p2", "p1");

        assertThat(check().overtaken()).as("one that may be late sets no mark").isEmpty();
    }

    @Test
    void aDeviceWithAnEventBesideItsShardIsExemptOnAnyStream() {
        for (String stream : Streams.EVENTS) {
            streams.clear();
            cameOut("p1", "p0", "w0");
            lies(stream, "p2", true);

            assertThat(check().overtaken()).as(stream).isEmpty();
            assertThat(check().exempt()).as(stream).isEqualTo(1);
        }
    }

    @Test
    void noOtherDeviceIsExempt() {
        cameOut("p1", "p0", "w1", "w0");
        lies(Streams.RAW, "w0", true);
        lies(Streams.RAW, "nobody's", true);
        lies(Streams.RAW, "p0", false);

        assertThat(check().overtaken()).hasSize(1).allMatch(found -> found.startsWith("p0 "));
        assertThat(check().exempt()).isEqualTo(1);
    }

    @Test
    void nothingIsPromisedOfWhatWasReceivedWhileTheRawStreamFailed() {
        trouble =
                DoorTrouble.of(
                        new CrashSchedule(
                                List.of(
                                        trouble(Streams.RAW, Duration.ofSeconds(60)),
                                        trouble(Streams.VALID, Duration.ofSeconds(200)))),
                        Instant.EPOCH);
        receivedTs.put("p1", Instant.EPOCH.plusSeconds(64));
        receivedTs.put("w0", Instant.EPOCH.plusSeconds(204));
        cameOut("p0", "p2", "p1", "w1", "w0");

        assertThat(check().overtaken()).hasSize(1).allMatch(found -> found.startsWith("w0 "));
    }

    private static CrashSchedule.Timed trouble(String stream, Duration at) {
        return new CrashSchedule.Timed(
                at,
                new CrashAction.StreamTrouble(
                        CrashAction.StreamTrouble.Kind.THROTTLED, stream, Duration.ofSeconds(9)));
    }

    @Test
    void whatNobodySentIsNotLookedAt() {
        cameOut("p0", "ghost", "p1");

        assertThat(check()).isEqualTo(new OrderAudit.Result(List.of(), 0, 2));
    }

    private OrderAudit.Result check() {
        return new OrderAudit(
                        (stream, entries) ->
                                streams.getOrDefault(stream, List.of()).forEach(entries),
                        order,
                        deliveries,
                        trouble)
                .check();
    }

    private void sent(String device, String... events) {
        order.planned(
                new PlannedBatch(
                        device,
                        Stream.of(events).map(OrderAuditTest::planned).toList(),
                        BodyFormat.values()[0],
                        false));
        for (String event : events) {
            deliveries.put(event, acknowledged(event));
        }
    }

    private void cameOut(String... events) {
        for (String event : events) {
            lies(Streams.ENRICHED, event, false);
        }
    }

    private void lies(String stream, String event, boolean misplaced) {
        List<StreamLog.Entry> entries = streams.computeIfAbsent(stream, s -> new ArrayList<>());
        String sequence = String.valueOf(entries.size() + 1);
        entries.add(
                new StreamLog.Entry(
                        event,
                        receivedTs.getOrDefault(event, Instant.EPOCH),
                        "shard-0",
                        sequence,
                        misplaced));
    }

    private static PlannedEvent planned(String id) {
        return new PlannedEvent(
                id, "page_view", new byte[0], new Expectation.Loaded(), Instant.EPOCH, false);
    }

    private static Delivery acknowledged(String id) {
        return new Delivery(id, new Expectation.Loaded(), 1, 0, 0, 0);
    }
}
