package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.stream.StreamRecord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class ValidatePipelineTest {

    private static final String SHARD = "shardId-000000000000";

    private PipelineRig rig = new PipelineRig();

    /// Whatever a test does, every event that was counted in was counted out.
    @AfterEach
    void theBooksBalance() {
        if (rig.meters.find("sluice.events").counter() == null) {
            return;
        }
        assertThat(rig.count("received"))
                .isEqualTo(
                        rig.count("published")
                                + rig.count("rejected")
                                + rig.count("duplicate")
                                + rig.count("suppressed"));
    }

    @Test
    void quarantinesThenPublishesThenAcknowledges() {
        rig.feed(
                frame(good("1"), received("2", "{\"event_type\":\"nonsense\"}")),
                frame(received("3", "not json"), good("4")));

        rig.consumer.runUntilIdle();

        String second = sequence(1);
        assertThat(rig.log.lines())
                .containsExactly(
                        "put sluice-quarantine " + SHARD,
                        "put sluice-valid " + SHARD,
                        "publish s3://lake/state/sluice-validator/" + SHARD + "/" + second + "-a",
                        "page " + SHARD + " 2026-11-21T10:00:00Z up to " + second,
                        "checkpoint sluice-raw " + SHARD + " " + second);
        assertThat(rig.published()).extracting(ValidatePipelineTest::id).containsExactly("1", "4");
        assertThat(rig.count("received")).isEqualTo(4);
        assertThat(rig.count("published")).isEqualTo(2);
        assertThat(rig.count("rejected")).isEqualTo(2);
    }

    @Test
    void leavesReceiptAndBodyByteForByte() {
        SectionedEvent odd =
                received("1", "{ \"event_type\" : \"page_view\",\"properties\":{\"x\":1.50e0} }  ");
        rig.feed(frame(odd));

        rig.consumer.runUntilIdle();

        assertThat(rig.published())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.receipt()).isEqualTo(odd.receipt());
                            assertThat(event.body()).isEqualTo(odd.body());
                            assertThat(event.checked()).isNotNull();
                        });
    }

    @Test
    void goesOnAfterAPoisonFrameAtTheFront() {
        byte[] poison = {1, 2, 3};
        rig.feed(poison, frame(good("1")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).hasSize(1);
        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        whole -> {
                            assertThat(whole.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(whole.quarantineId())
                                    .isEqualTo(
                                            "sluice-raw/%s/%s/frame".formatted(SHARD, sequence(0)));
                            assertThat(whole.original()).isEqualTo(poison);
                            assertThat(whole.eventId()).isNull();
                        });
        assertThat(rig.consumer.checkpoint(rig.streams.shards(PipelineRig.RAW).getFirst().id()))
                .hasValueSatisfying(at -> assertThat(at).hasToString(sequence(1)));
    }

    @Test
    void quarantinesABombWhole() {
        FrameLimits careless = new FrameLimits(1 << 20, 64 << 20, 10_000);
        SectionedEvent huge = received("1", "{}" + " ".repeat(32 << 20));
        byte[] bomb = frame(careless, List.of(huge));
        rig.feed(bomb, frame(good("2")));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        whole -> {
                            assertThat(whole.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(whole.original()).isEqualTo(bomb);
                        });
        assertThat(rig.published()).hasSize(1);
    }

    @Test
    void cutsABatchThatHoldsMoreThanASlice() {
        rig = PipelineRig.withSlices(1);
        rig.feed(frame(good("1")), new byte[9], frame(good("2")));

        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines())
                .containsExactly(
                        "put sluice-valid " + SHARD,
                        "put sluice-quarantine " + SHARD,
                        "put sluice-valid " + SHARD,
                        "publish s3://lake/state/sluice-validator/"
                                + SHARD
                                + "/"
                                + sequence(2)
                                + "-a",
                        "page " + SHARD + " 2026-11-21T10:00:00Z up to " + sequence(2),
                        "checkpoint sluice-raw " + SHARD + " " + sequence(2));
        assertThat(rig.count("received")).isEqualTo(3);
    }

    @Test
    void acknowledgesNothingWhileTheStreamIsAway() {
        rig.feed(frame(good("1"), received("2", "{")));
        rig.streams.faults().failRandomly(() -> 0, 1, "ProvisionedThroughputExceededException");

        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);

        assertThat(rig.log.of(Effect.Checkpoint.class)).isEmpty();
        assertThat(rig.meters.find("sluice.events").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());

        rig.streams.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines()).hasSize(5).last().asString().startsWith("checkpoint");
        assertThat(rig.quarantined()).hasSize(1);
        assertThat(rig.published()).extracting(ValidatePipelineTest::id).containsExactly("1");
        assertThat(rig.count("received")).isEqualTo(2);
    }

    @Test
    void publishesNothingWhileTheQuarantineIsAway() {
        rig.feed(frame(good("1"), received("2", "{")));
        rig.streams.delete(PipelineRig.QUARANTINE);

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("sluice-quarantine");
        assertThat(rig.log.lines()).isEmpty();

        rig.streams.create(PipelineRig.QUARANTINE, 1);
        rig.consumer.runUntilIdle();
        assertThat(rig.published()).hasSize(1);
        assertThat(rig.quarantined()).hasSize(1);
    }

    @Test
    void sendsTheSameQuarantineRecordAgainWhenItsAnswerWasLost() {
        rig.feed(frame(received("1", "{")));
        rig.streams.faults().loseNextAnswer();

        rig.consumer.runUntilIdle();

        List<QuarantineRecord> sent = rig.quarantined();
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().encode()).isEqualTo(sent.getLast().encode());
        assertThat(rig.count("rejected")).isEqualTo(1);
    }

    @Test
    void leavesAnOriginalThatIsTooLargeForARecordInTheBucket() {
        byte[] poison = new byte[(1 << 20) - 100];
        new Random(1).nextBytes(poison);
        rig.feed(poison, frame(good("1")));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        whole ->
                                assertThat(rig.objects.read(String.valueOf(whole.originalKey())))
                                        .hasValue(poison));
        assertThat(rig.published()).hasSize(1);
    }

    @Test
    void saysWhichStreamIsMissing() {
        rig.feed(frame(good("1")));
        rig.streams.delete(PipelineRig.VALID);

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("sluice-valid");
        assertThat(rig.log.lines()).isEmpty();
    }

    @Test
    void replaysToTheSameRecordsAndTheSameEvents() {
        rig.feed(
                frame(good("1"), received("2", "{")),
                new byte[3],
                frame(received("3", "{\"event_type\":\"purchase\"}")));
        rig.consumer.holdCheckpoints();
        rig.consumer.runUntilIdle();
        List<QuarantineRecord> before = rig.quarantined();
        List<SectionedEvent> published = rig.published();

        rig.log.clear();
        rig.consumer.crash();
        rig.consumer.start();
        rig.consumer.runUntilIdle();

        assertThat(before).hasSize(3);
        assertThat(rig.quarantined().stream().map(QuarantineRecord::encode))
                .containsExactlyElementsOf(
                        Stream.concat(before.stream(), before.stream())
                                .map(QuarantineRecord::encode)
                                .toList());
        List<SectionedEvent> twice = new ArrayList<>(published);
        twice.addAll(published);
        assertThat(rig.published()).isEqualTo(twice);
    }

    @Test
    void quarantinesWhatTheDoorRefused() {
        Receipt refused =
                Fixtures.refused(
                        Fixtures.SHOP, "1", new Rejection.TooLarge("1200000 bytes, limit 1000000"));
        rig.feed(frame(received(refused, "beginning".getBytes(StandardCharsets.UTF_8))));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.reason()).isEqualTo(RejectionReason.TOO_LARGE);
                            assertThat(line.message()).isEqualTo("1200000 bytes, limit 1000000");
                            assertThat(line.tenantId()).isEqualTo("shop");
                            assertThat(line.original()).asString().isEqualTo("beginning");
                        });
    }

    @Test
    void quarantinesAnEventWithoutAReadableReceipt() {
        rig.feed(
                frame(
                        good("1"),
                        SectionedEvent.received(Bytes.utf8("{}"), Bytes.utf8("{\"a\":1}")),
                        good("3")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).extracting(ValidatePipelineTest::id).containsExactly("1", "3");
        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(line.quarantineId()).endsWith("/1");
                            assertThat(line.original()).asString().isEqualTo("{\"a\":1}");
                        });
    }

    @Test
    void neverThrowsForBytesTheDoorShouldHaveStopped() {
        byte[] notUtf8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        byte[] utf16 = "{\"event_type\":\"page_view\"}".getBytes(StandardCharsets.UTF_16BE);
        rig.feed(
                frame(
                        received(Fixtures.receipt(Fixtures.SHOP, "1"), notUtf8),
                        received(Fixtures.receipt(Fixtures.SHOP, "2"), utf16),
                        received("3", "[".repeat(10_000)),
                        received("4", "{\"a\":".repeat(10_000)),
                        received("5", "{\"event_type\":\"page_view\",\"event_type\":\"search\"}"),
                        received("6", "{\"event_type\":\"page_view\"} {}"),
                        received("7", "{\"event_type\":\"page_view\",\"user_id\":\"\\ud800\"}"),
                        received("8", ""),
                        received("9", "{\"event_type\":1e999999999}"),
                        received(
                                "10",
                                "{\"event_type\":\"page_view\",\"n\":" + "9".repeat(5000) + "}"),
                        received("11", "[]")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).isEmpty();
        assertThat(rig.quarantined())
                .hasSize(11)
                .extracting(QuarantineRecord::reason)
                .containsOnly(RejectionReason.MALFORMED);
    }

    @Test
    void tellsTimeAndContractOfARefusedEventFromTheStreamAlone() {
        rig.feed(
                frame(
                        received(
                                "1",
                                "{\"event_type\":\"page_view\",\"event_ts\":\"2026-01-01T00:00:00Z\"}")));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.reason()).isEqualTo(RejectionReason.BAD_TIME);
                            assertThat(line.eventType()).isEqualTo("page_view");
                            assertThat(line.contract()).isEqualTo("page_view/1-0-0");
                            assertThat(line.receivedTs()).isEqualTo(Fixtures.NOW);
                            assertThat(line.quarantinedTs())
                                    .isEqualTo(record(0).arrivedAt())
                                    .isEqualTo(Fixtures.NOW);
                        });
        assertThat(
                        rig.meters
                                .get("sluice.rejections")
                                .tags("stage", "validator", "reason", "bad_time")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void tellsBySourceWhichContractsAreKept() {
        rig.feed(
                frame(
                        good("e1"),
                        good("e2"),
                        good("e2"),
                        received("e3", "{\"event_type\":\"search\",\"properties\":{}}"),
                        received("e4", "{\"event_type\":\"not_told\"}"),
                        received("e5", "no json")));

        rig.consumer.runUntilIdle();

        assertThat(
                        rig.meters.find("sluice.contract.events").counters().stream()
                                .map(
                                        each ->
                                                "%s/%s of %s: %.0f %s"
                                                        .formatted(
                                                                each.getId().getTag("event_type"),
                                                                each.getId().getTag("version"),
                                                                each.getId().getTag("source"),
                                                                each.count(),
                                                                each.getId().getTag("outcome"))))
                .containsExactlyInAnyOrder(
                        "page_view/1-0-0 of web: 2 kept",
                        "search/1-0-0 of web: 1 refused",
                        "unknown/none of web: 2 refused");
    }

    @Test
    void ticksOnAnIdleShard() {
        rig.consumer.tick();

        assertThat(rig.log.lines()).isEmpty();
    }

    private StreamRecord record(int index) {
        return rig.streams.records(PipelineRig.RAW).get(index);
    }

    private String sequence(int index) {
        return record(index).sequence().toString();
    }

    private static String id(SectionedEvent event) {
        return Receipt.decode(event.receipt()).eventId().value();
    }
}
