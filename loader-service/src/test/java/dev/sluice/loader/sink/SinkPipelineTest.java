package dev.sluice.loader.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// What is on the enriched stream is in the sink or in a dead letter, wherever the process dies.
class SinkPipelineTest {

    private static final SubjectKeys KEYS =
            new SubjectKeys(SubjectSecret.of("a secret of the tests, 32 bytes or more"));
    private static final StreamName STREAM = new StreamName(Streams.ENRICHED);
    private static final Reference<EventRows> ROWS = Fixtures.eventRows();
    private static final SinkLimits ROOM = new SinkLimits(100, 1 << 20);
    private static final SinkRules ALL = new SinkRules(List.of());

    /// The consumer between a stream, a sink and a bucket, which outlive it.
    private static final class Line implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryStreams streams = new MemoryStreams(() -> Fixtures.RECEIVED, log);
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> Fixtures.RECEIVED, log);
        private final MemorySink sink = new MemorySink(log);
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final MemoryConsumer consumer;
        private SuppressionList suppressed = SuppressionList.EMPTY;

        Line(SinkRules rules, SinkLimits limits) {
            streams.create(STREAM, 1);
            SinkSteps steps = steps(rules);
            consumer =
                    new MemoryConsumer(
                            streams,
                            STREAM,
                            _ ->
                                    new WindowedHandler(
                                            pipeline(steps, limits),
                                            WindowAge.of(Duration.ofSeconds(10)),
                                            () -> Fixtures.RECEIVED),
                            2,
                            1);
        }

        Line() {
            this(ALL, ROOM);
        }

        SinkSteps steps(SinkRules rules) {
            return new SinkSteps(
                    new FrameDecoder(FrameLimits.DEFAULT),
                    ROWS,
                    rules,
                    sink,
                    new DeadLetters(objects, sink.name()),
                    new SinkMetrics(meters, sink.name()));
        }

        SinkPipeline pipeline(SinkSteps steps, SinkLimits limits) {
            return new SinkPipeline(steps, limits, new SuppressionCheck(() -> suppressed, KEYS));
        }

        Line put(SectionedEvent... events) {
            streams.put(STREAM, List.of(new OutgoingRecord(HashKey.MIN, frame(events))));
            return this;
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            consumer.start();
            consumer.runUntilIdle();
            consumer.close();
        }

        @Override
        public void crash() {
            consumer.crash();
        }

        @Override
        public Object outcome() {
            return List.of(sink.rows.keySet(), letters("event_id"));
        }

        /// A field of every dead letter, each event once, sorted.
        List<String> letters(String field) {
            return objects.list("sinks/memory/refused/")
                    .map(object -> objects.read(object.key()).orElseThrow())
                    .flatMap(object -> new String(object, StandardCharsets.UTF_8).lines())
                    .map(line -> JsonMapper.shared().readTree(line).get(field).stringValue())
                    .distinct()
                    .sorted()
                    .toList();
        }

        double counted(String outcome) {
            return meters.counter("sluice.sink.events", "sink", "memory", "outcome", outcome)
                    .count();
        }

        void assertBooks() {
            assertThat(counted("received"))
                    .isEqualTo(
                            counted("written")
                                    + counted("superseded")
                                    + counted("filtered")
                                    + counted("suppressed")
                                    + counted("refused")
                                    + counted("unreadable"));
        }
    }

    @Test
    void rowsThenDeadLettersThenTheCheckpoint() {
        Line line = new Line().put(Fixtures.pageView("e1"), Fixtures.pageView("bad"));
        line.sink.refused.add("bad");
        String first = line.streams.records(STREAM).getFirst().sequence().toString();
        line.log.clear();

        line.run();

        assertThat(line.log.lines())
                .containsExactly(
                        "memory [e1]",
                        "publish s3://lake/sinks/memory/refused/dt=2026-11-21/shardId-000000000000-%s-%s.ndjson"
                                .formatted(first, first),
                        "checkpoint sluice-enriched shardId-000000000000 " + first);
        line.assertBooks();
    }

    @Test
    void aDeadLetterNamesTheEventAndSaysNothingOfIt() {
        Line line =
                new Line()
                        .put(
                                Fixtures.received(
                                        "acme",
                                        "bad",
                                        Fixtures.RECEIVED,
                                        "response_generated",
                                        SinkFixtures.MESSAGE),
                                Fixtures.pageView("good"));
        line.sink.refused.add("bad");

        line.run();

        assertThat(line.letters("event_type")).containsExactly("response_generated");
        assertThat(line.letters("tenant_id")).containsExactly("acme");
        assertThat(line.letters("reason")).containsExactly("bad");
        assertThat(line.letters("position"))
                .singleElement()
                .asString()
                .startsWith("sluice-enriched/shardId-000000000000/")
                .endsWith("/0");
        assertThat(
                        line.objects
                                .list("sinks/")
                                .map(object -> line.objects.read(object.key()).orElseThrow())
                                .map(object -> new String(object, StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .doesNotContain("secret", "device-1", "203.0.113");
    }

    @Test
    void nothingIsLostOrChangedWhereverTheProcessDies() {
        int crashes =
                CrashAfterEachEffect.twice(
                        () -> {
                            Line line = new Line(ALL, new SinkLimits(2, 1 << 20));
                            line.sink.refused.add("e2");
                            for (int i = 0; i < 4; i++) {
                                line.put(Fixtures.pageView("e" + i));
                            }
                            return line;
                        });

        assertThat(crashes).isGreaterThan(5);
    }

    @Test
    void whatTheRulesLeaveOutIsNotWritten() {
        Line line =
                new Line(new SinkRules(List.of(new SinkRule(Set.of(), Set.of("search"), 1))), ROOM)
                        .put(
                                Fixtures.pageView("e1"),
                                Fixtures.search("acme", "e2", Fixtures.RECEIVED));

        line.run();

        assertThat(line.sink.rows).containsOnlyKeys("acme/e2");
        assertThat(line.counted("filtered")).isOne();
        line.assertBooks();
    }

    @Test
    void whatCannotBeReadIsLeftToThePublishLoop() {
        Line line =
                new Line()
                        .put(
                                Fixtures.pageView("e1"),
                                Fixtures.event(
                                        "wide",
                                        "purchase",
                                        Duration.ZERO,
                                        "{\"properties\":{\"currency\":\"€€\"}}"));
        line.streams.put(STREAM, List.of(new OutgoingRecord(HashKey.MIN, new byte[] {7})));

        line.run();

        assertThat(line.sink.rows).containsOnlyKeys("acme/e1");
        assertThat(line.counted("unreadable")).isEqualTo(2);
        assertThat(line.letters("event_id")).isEmpty();
        line.assertBooks();
    }

    @Test
    void whoWasErasedIsNotWrittenAgain() {
        Line line =
                new Line()
                        .put(
                                Fixtures.of("e1", null, "ann", "p"),
                                Fixtures.of("e2", null, "bob", "p"));
        line.suppressed = erased("ann", Fixtures.RECEIVED.plusSeconds(1));

        line.run();

        assertThat(line.sink.rows).containsOnlyKeys("acme/e2");
        assertThat(line.counted("suppressed")).isOne();
        line.assertBooks();
    }

    @Test
    void oneBadRowDoesNotKeepTheOthersOut() {
        Line line = new Line(ALL, new SinkLimits(1000, 1 << 24));
        line.sink.allOrNothing = true;
        line.sink.refused.addAll(Set.of("e7", "e777"));
        line.put(
                IntStream.range(0, 1000)
                        .mapToObj(i -> Fixtures.pageView("e" + i))
                        .toArray(SectionedEvent[]::new));

        line.run();

        assertThat(line.sink.rows).hasSize(998);
        assertThat(line.letters("event_id")).containsExactly("e7", "e777");
        assertThat(line.sink.writes).isLessThan(50);
        line.assertBooks();
    }

    @Test
    void onlyWhatWasNotTakenIsOfferedAgain() {
        Line line = new Line();
        SinkPipeline pipeline = line.pipeline(line.steps(ALL), ROOM);
        line.sink.later.add("e2");
        line.sink.refused.add("bad");
        add(pipeline, Fixtures.pageView("e1"), Fixtures.pageView("e2"), Fixtures.pageView("bad"));

        assertThatThrownBy(pipeline::publish)
                .isInstanceOf(TransientFailure.class)
                .hasMessage("memory is busy");
        assertThat(line.letters("event_id")).isEmpty();
        assertThat(pipeline.isEmpty()).isFalse();

        line.sink.later.clear();
        pipeline.publish();

        assertThat(line.log.lines()).containsSubsequence("memory [e1]", "memory [e2]");
        assertThat(line.letters("event_id")).containsExactly("bad");
        assertThat(pipeline.isEmpty()).isTrue();
        assertThat(line.counted("received")).isEqualTo(3);
        assertThat(line.counted("written")).isEqualTo(2);
    }

    @Test
    void aSinkThatIsAwayKeepsTheWindow() {
        Line line = new Line();
        SinkPipeline pipeline = line.pipeline(line.steps(ALL), ROOM);
        line.sink.away = true;
        add(pipeline, Fixtures.pageView("e1"));

        assertThatThrownBy(pipeline::publish).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(pipeline::publish).isInstanceOf(TransientFailure.class);
        assertThat(line.counted("received")).isZero();

        line.sink.away = false;
        pipeline.publish();

        assertThat(line.sink.rows).containsOnlyKeys("acme/e1");
        assertThat(line.counted("received")).isOne();
    }

    @Test
    void aSinkThatTakesNothingAtAllIsSetUpWrong() {
        Line line = new Line();
        SinkPipeline pipeline = line.pipeline(line.steps(ALL), ROOM);
        List<SectionedEvent> events = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            events.add(Fixtures.pageView("e" + i));
            line.sink.refused.add("e" + i);
        }
        add(pipeline, events.toArray(SectionedEvent[]::new));

        for (boolean whole : new boolean[] {false, true}) {
            line.sink.allOrNothing = whole;
            assertThatThrownBy(pipeline::publish)
                    .isInstanceOf(SetupFailure.class)
                    .hasMessageStartingWith("memory took none of");
        }
        assertThat(line.letters("event_id")).isEmpty();
        assertThat(pipeline.isEmpty()).isFalse();
    }

    private static void add(SinkPipeline pipeline, SectionedEvent... events) {
        StreamRecord record =
                new StreamRecord(SequenceNumber.of("5"), Fixtures.RECEIVED, frame(events));
        pipeline.add(
                new RecordBatch(
                        STREAM,
                        new ShardId("shardId-000000000000"),
                        List.of(record),
                        Duration.ZERO,
                        AckToken.none()),
                record);
    }

    private static byte[] frame(SectionedEvent... events) {
        return new FrameEncoder(
                        FrameLimits.DEFAULT, 500_000, new UUID(1, 2), InstantSource.system())
                .encode(List.of(events))
                .getFirst();
    }

    private static SuppressionList erased(String user, Instant receivedBefore) {
        SubjectKey secret = KEYS.fingerprint();
        SubjectKey key = KEYS.of(new TenantId("acme"), new SubjectId(SubjectKind.USER_ID, user));
        return SuppressionList.of(
                secret,
                list -> {
                    list.entry("", secret.high(), secret.low(), 0);
                    list.entry(
                            "acme", key.high(), key.low(), SuppressionList.micros(receivedBefore));
                });
    }
}
