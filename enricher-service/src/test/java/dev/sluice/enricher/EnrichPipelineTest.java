package dev.sluice.enricher;

import static dev.sluice.enricher.Fixtures.frame;
import static dev.sluice.enricher.Fixtures.unchecked;
import static dev.sluice.enricher.Fixtures.valid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventOrigin;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

class EnrichPipelineTest {

    private static final String SHARD = "shardId-000000000000";
    private static final List<Enrichment> ALL = Fixtures.enrichments();

    private PipelineRig rig = new PipelineRig(ALL, 32 << 20);

    /// Whatever a test does, every event that was counted in was counted out.
    @AfterEach
    void theBooksBalance() {
        rig.assertBalanced();
    }

    @Test
    void publishesThenAcknowledges() {
        rig.feed(frame(valid("1"), valid("2")), frame(valid("3")));

        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines())
                .containsExactly(
                        "put sluice-enriched " + SHARD,
                        snapshot(sequence(1)),
                        page(sequence(1)),
                        "checkpoint sluice-valid " + SHARD + " " + sequence(1));
        assertThat(rig.published())
                .extracting(EnrichPipelineTest::id)
                .containsExactly("1", "2", "3");
        assertThat(rig.count("received")).isEqualTo(3);
        assertThat(rig.count("published")).isEqualTo(3);
    }

    @Test
    void leavesTheSectionsOfOthersByteForByteButForTheAddress() {
        SectionedEvent given = valid("1");
        Bytes truncated =
                Bytes.utf8(given.receipt().asUtf8().replace("198.51.100.7", "198.51.100.0"));
        SectionedEvent event =
                SectionedEvent.received(truncated, given.body())
                        .withChecked(given.requireChecked());
        rig.feed(frame(given));

        rig.consumer.runUntilIdle();

        assertThat(rig.published())
                .singleElement()
                .satisfies(
                        enriched ->
                                assertThat(
                                                enriched.withEnrichment(event.body())
                                                        .withOrigin(event.body()))
                                        .isEqualTo(
                                                event.withEnrichment(event.body())
                                                        .withOrigin(event.body())));
    }

    @Test
    void saysWhereItReadAnEventInsteadOfWhereTheValidatorDid() {
        Bytes before = new OriginCodec().encode("shardId-000000000007", "12345", 3);
        rig.feed(frame(valid("1")), frame(valid("2"), valid("3").withOrigin(before)));

        rig.consumer.runUntilIdle();

        OriginCodec origins = new OriginCodec();
        assertThat(rig.published())
                .extracting(event -> origins.decode(Objects.requireNonNull(event.origin())))
                .containsExactly(
                        new EventOrigin(SHARD, new BigInteger(sequence(0)), 0),
                        new EventOrigin(SHARD, new BigInteger(sequence(1)), 0),
                        new EventOrigin(SHARD, new BigInteger(sequence(1)), 1));
    }

    @Test
    void quarantinesWhatItCannotReadAndGoesOn() {
        byte[] poison = {1, 2, 3};
        rig.feed(
                poison,
                frame(
                        valid("1"),
                        unchecked("2"),
                        valid("3").withChecked(Bytes.utf8("{\"event_type\":7")),
                        SectionedEvent.received(Bytes.utf8("[]"), Bytes.utf8("x"))
                                .withChecked(valid("4").requireChecked()),
                        valid("5"),
                        valid("6").withOrigin(Bytes.utf8("no origin"))));

        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines())
                .containsExactly(
                        "put sluice-quarantine " + SHARD,
                        "put sluice-enriched " + SHARD,
                        snapshot(sequence(1)),
                        page(sequence(1)),
                        "checkpoint sluice-valid " + SHARD + " " + sequence(1));
        assertThat(rig.published()).extracting(EnrichPipelineTest::id).containsExactly("1", "5");
        assertThat(rig.quarantined())
                .allSatisfy(
                        line -> {
                            assertThat(line.stage()).isEqualTo("enricher");
                            assertThat(line.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(line.quarantinedTs()).isEqualTo(Fixtures.NOW);
                        });
        assertThat(rig.quarantined())
                .extracting(
                        line -> line.eventId(),
                        line -> new String(line.original(), StandardCharsets.UTF_8))
                .containsExactly(
                        tuple(null, "\1\2\3"),
                        tuple("2", "{\"a\":1}"),
                        tuple("3", "{ \"event_type\":\"page_view\" }"),
                        tuple(null, "x"),
                        tuple("6", valid("6").body().asUtf8()));
        assertThat(rig.count("rejected")).isEqualTo(5);
    }

    @Test
    void marksAnEventWhoseEnrichmentFailedAndSendsItOn() {
        rig = new PipelineRig(List.of(failing("moon", 1), ALL.getFirst(), failing("stars", 2)), 1);
        rig.feed(frame(valid("1")), frame(valid("2")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).hasSize(2);
        JsonNode section = section(rig.published().getFirst());
        assertThat(section.path("enrichments_failed").asString()).isEqualTo("moon,stars");
        assertThat(section.path("enrichments_applied").asString()).isEqualTo("identity,session");
        assertThat(section.has("is_late")).as("taken back").isFalse();
        assertThat(section.path("person_id").asString())
                .isEqualTo(Fixtures.person(SubjectKind.ANONYMOUS_ID, "a-1"));
        assertThat(failures("moon")).isEqualTo(2);
        assertThat(failures("stars")).isEqualTo(2);
    }

    @Test
    void acknowledgesNothingWhileTheStreamIsAway() {
        rig.feed(frame(valid("1")), new byte[3]);
        rig.streams.faults().failRandomly(() -> 0, 1, "ProvisionedThroughputExceededException");

        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);
        assertThat(rig.log.of(Effect.Checkpoint.class)).isEmpty();
        assertThat(rig.meters.find("sluice.events").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());

        rig.streams.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines()).hasSize(5).last().asString().startsWith("checkpoint");
        assertThat(rig.quarantined()).hasSize(1);
        assertThat(rig.published()).hasSize(1);
        assertThat(rig.count("received")).isEqualTo(2);
    }

    @Test
    void publishesNothingWhileTheQuarantineIsAway() {
        rig.feed(frame(valid("1")), new byte[3]);
        rig.streams.delete(PipelineRig.QUARANTINE);

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("sluice-quarantine");
        assertThat(rig.log.lines()).isEmpty();

        rig.streams.create(PipelineRig.QUARANTINE, 1);
        rig.consumer.runUntilIdle();
        assertThat(rig.published()).hasSize(1);
    }

    @Test
    void saysWhichStreamIsMissing() {
        rig.feed(frame(valid("1")));
        rig.streams.delete(PipelineRig.ENRICHED);

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("sluice-enriched");
    }

    @Test
    void replaysToTheSameEventsAndQuarantineRecords() {
        rig.feed(frame(valid("1"), valid("2")), new byte[9]);
        rig.consumer.holdCheckpoints();
        rig.consumer.runUntilIdle();
        List<SectionedEvent> once = rig.published();
        List<QuarantineRecord> before = rig.quarantined();

        rig.log.clear();
        rig.consumer.crash();
        rig.consumer.start();
        rig.consumer.runUntilIdle();

        List<SectionedEvent> twice = new ArrayList<>(once);
        twice.addAll(once);
        assertThat(rig.published()).isEqualTo(twice);
        assertThat(rig.quarantined().stream().map(QuarantineRecord::encode))
                .containsExactlyElementsOf(
                        Stream.concat(before.stream(), before.stream())
                                .map(QuarantineRecord::encode)
                                .toList());
    }

    @Test
    void cutsABatchThatHoldsMoreThanASlice() {
        rig = new PipelineRig(ALL, 1);
        rig.feed(frame(valid("1")), frame(valid("2")));

        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines())
                .containsExactly(
                        "put sluice-enriched " + SHARD,
                        "put sluice-enriched " + SHARD,
                        snapshot(sequence(1)),
                        page(sequence(1)),
                        "checkpoint sluice-valid " + SHARD + " " + sequence(1));
    }

    @Test
    void ticksOnAnIdleShard() {
        rig.consumer.tick();

        assertThat(rig.log.lines()).isEmpty();
    }

    /// Writes a field and then fails: with an exception, or with the stack at its end.
    private static Enrichment failing(String name, int kind) {
        return new Enrichment() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Applied apply(EventView event, EnrichmentFields to) {
                to.flag("is_late", true);
                if (kind == 1) {
                    to.text("no_such_column", "x");
                } else {
                    apply(event, to);
                }
                return Applied.APPLIED;
            }
        };
    }

    private double failures(String enrichment) {
        return rig.meters
                .get("sluice.enrichment.failures")
                .tags("enrichment", enrichment)
                .counter()
                .count();
    }

    private static JsonNode section(SectionedEvent event) {
        return JsonMapper.shared().readTree(event.requireEnrichment().toArray());
    }

    private static String snapshot(String sequence) {
        return "publish s3://lake/state/sluice-enricher/" + SHARD + "/" + sequence + "-a";
    }

    private static String page(String sequence) {
        return "page " + SHARD + " 2026-11-21T10:00:00Z up to " + sequence;
    }

    private String sequence(int index) {
        return rig.streams.records(PipelineRig.VALID).get(index).sequence().toString();
    }

    private static String id(SectionedEvent event) {
        return Receipt.decode(event.receipt()).eventId().value();
    }
}
