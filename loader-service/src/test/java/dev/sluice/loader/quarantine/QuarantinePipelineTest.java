package dev.sluice.loader.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.StoredRow;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is on the quarantine's stream is in the bucket and in the load queue, wherever the process
/// dies.
class QuarantinePipelineTest {

    private static final SubjectKeys KEYS =
            new SubjectKeys(SubjectSecret.of("a secret of the tests, 32 bytes or more"));
    private static final StreamName STREAM = new StreamName(Streams.QUARANTINE);

    /// The consumer between a stream, a bucket and a queue, which outlive it.
    private static final class Line implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryStreams streams = new MemoryStreams(() -> Fixtures.RECEIVED, log);
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> Fixtures.RECEIVED, log);
        private final MemoryLoadQueue queue =
                new MemoryLoadQueue(() -> Fixtures.RECEIVED, log, log::mustLive);
        private final MemoryConsumer consumer;
        private SuppressionList suppressed = SuppressionList.EMPTY;

        /// @param maxBytes of a window
        Line(long maxBytes) {
            streams.create(STREAM, 1);
            consumer =
                    new MemoryConsumer(
                            streams,
                            STREAM,
                            _ ->
                                    new WindowedHandler(
                                            new QuarantinePipeline(
                                                    new QuarantineFiles(
                                                            objects,
                                                            new Layouts(objects),
                                                            () -> Fixtures.RECEIVED),
                                                    new SuppressedRecords(
                                                            new SuppressionCheck(
                                                                    () -> suppressed, KEYS),
                                                            objects),
                                                    queue,
                                                    maxBytes),
                                            WindowAge.of(Duration.ofSeconds(10)),
                                            () -> Fixtures.RECEIVED),
                            2,
                            1);
        }

        /// Erases a user of the tenant `acme` for ever.
        Line erase(String user) {
            SubjectKey secret = KEYS.fingerprint();
            SubjectKey key =
                    KEYS.of(new TenantId("acme"), new SubjectId(SubjectKind.USER_ID, user));
            suppressed =
                    SuppressionList.of(
                            secret,
                            list -> {
                                list.entry("", secret.high(), secret.low(), 0);
                                list.entry("acme", key.high(), key.low(), SuppressionList.FOR_EVER);
                            });
            return this;
        }

        Line put(QuarantineRecord... refused) {
            put(QuarantineBatch.encode(List.of(refused)).getFirst());
            return this;
        }

        void original(String key, String content) {
            try (PendingObject object = objects.begin(key)) {
                object.content().write(content.getBytes(StandardCharsets.UTF_8));
                object.publish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void put(byte[] record) {
            streams.put(STREAM, List.of(new OutgoingRecord(HashKey.MIN, record)));
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

        /// What stands in two objects or files has one id in both.
        @Override
        public Object outcome() {
            return List.of(
                    new TreeSet<>(stored().map(QuarantineRecord::quarantineId).toList()),
                    new TreeSet<>(rows("quarantine_id")));
        }

        Stream<QuarantineRecord> stored() {
            return objects.list(QuarantineFile.PREFIX)
                    .map(object -> objects.read(object.key()).orElseThrow())
                    .flatMap(content -> QuarantineFile.read(content).stream());
        }

        List<String> rows(String column) {
            return queue.oldest(100).stream()
                    .map(LoadFile::key)
                    .flatMap(
                            key ->
                                    StoredRow.texts(objects.read(key).orElseThrow(), column)
                                            .stream())
                    .toList();
        }
    }

    @Test
    void aRecordIsInAnObjectOfItsReasonAndInAFileForItsTable() {
        Line line =
                new Line(1 << 20).put(Refused.event(1, "{\"a\":1}"), Refused.frame(2, (byte) 7));
        line.log.clear();

        line.run();

        assertThat(line.log.lines().stream().filter(each -> !each.contains("layouts/")))
                .containsExactly(
                        "publish s3://lake/quarantine/dt=2026-11-21/reason=contract_violation/"
                                + "shardId-000000000000-"
                                + window(line)
                                + ".ndjson.gz",
                        "publish s3://lake/quarantine/dt=2026-11-21/reason=decode_failure/"
                                + "shardId-000000000000-"
                                + window(line)
                                + ".ndjson.gz",
                        "publish s3://lake/curated/quarantined_events/dt=2026-11-21/"
                                + "shardId-000000000000-"
                                + window(line)
                                + "-2.parquet",
                        "queue curated/quarantined_events/dt=2026-11-21/shardId-000000000000-"
                                + window(line)
                                + "-2.parquet rows=2",
                        "checkpoint sluice-quarantine shardId-000000000000 " + first(line));
        assertThat(line.stored().map(QuarantineRecord::encode))
                .containsExactly(
                        Refused.event(1, "{\"a\":1}").encode(),
                        Refused.frame(2, (byte) 7).encode());
        assertThat(line.queue.oldest(10))
                .extracting(LoadFile::table)
                .containsExactly(LoadTable.QUARANTINED_EVENTS);
    }

    @Test
    void aRecordThatWasSentTwiceIsOneRow() {
        Line line = new Line(1 << 20).put(Refused.event(1, "{}"), Refused.event(2, "{}"));
        line.put(Refused.event(2, "{}"));

        line.run();

        assertThat(line.rows("event_id")).containsExactly("e1", "e2");
    }

    @Test
    void aFullWindowIsWritten() {
        Line line = new Line(1).put(Refused.event(1, "{}"));
        line.put(Refused.event(2, "{}"));

        line.run();

        assertThat(line.queue.oldest(10)).hasSize(2);
    }

    @Test
    void whatNobodyCanReadIsQuarantinedItselfAndTheShardGoesOn() {
        Line line = new Line(1 << 20);
        line.put(new byte[] {1, 2, 3});
        line.put(Refused.event(1, "{}"));

        line.run();

        assertThat(line.stored().filter(each -> each.reason() == RejectionReason.DECODE_FAILURE))
                .singleElement()
                .satisfies(
                        poison -> {
                            assertThat(poison.stage()).isEqualTo("loader");
                            assertThat(poison.original()).isEqualTo(new byte[] {1, 2, 3});
                            assertThat(poison.quarantineId())
                                    .startsWith("sluice-quarantine/shardId-000000000000/")
                                    .endsWith("/frame");
                        });
        assertThat(line.rows("quarantine_id")).hasSize(2);
    }

    @Test
    void acknowledgesNothingWhileTheBucketIsAway() {
        Line line = new Line(1 << 20).put(Refused.event(1, "{}"));
        line.consumer.start();
        line.consumer.runUntilIdle();
        line.log.clear();
        line.objects.faults().throwOnNextPublish(new TransientFailure("lake is away"));

        assertThatThrownBy(line.consumer::close).hasMessage("lake is away");
        assertThat(line.log.lines()).isEmpty();
        line.consumer.crash();
        line.run();

        assertThat(line.rows("event_id")).containsExactly("e1");
    }

    @Test
    void ofAnErasedPersonOnlyARowIsLeftThatHasNothingOfIt() {
        Line line =
                new Line(1 << 20)
                        .put(
                                Refused.event(1, "{\"user_id\":\"ann\"}"),
                                Refused.event(2, "{\"user_id\":\"bob\"}"))
                        .erase("ann");

        line.run();

        assertThat(line.stored()).extracting(QuarantineRecord::eventId).containsExactly("e2");
        assertThat(line.rows("quarantine_id")).hasSize(2);
        assertThat(line.rows("tenant_id")).containsExactly("acme", "acme");
        assertThat(line.rows("object_key")).hasSize(2).element(1).isEqualTo("");
        for (String column : List.of("event_id", "user_id", "user_agent", "original")) {
            assertThat(line.rows(column)).as(column).hasSize(2).element(1).isNull();
        }
    }

    @Test
    void theLargeOriginalOfAnErasedPersonGoes() {
        String key = QuarantineRecord.ORIGINALS + "large";
        String other = QuarantineRecord.ORIGINALS + "other";
        Line line =
                new Line(1 << 20)
                        .put(
                                Refused.event(1, "").withOriginalAt(key),
                                Refused.event(2, "").withOriginalAt(other))
                        .erase("ann");
        line.original(key, "{\"user_id\":\"ann\"}");
        line.original(other, "{\"user_id\":\"bob\"}");

        line.run();

        assertThat(line.objects.read(key)).isEmpty();
        assertThat(line.objects.read(other)).isPresent();
        assertThat(line.stored()).extracting(QuarantineRecord::eventId).containsExactly("e2");
    }

    @Test
    void suppressesTheSameWhereverItDies() {
        assertThat(CrashAfterEachEffect.twice(QuarantinePipelineTest::busyWithTheErased))
                .isGreaterThan(10);
    }

    private static Line busyWithTheErased() {
        String key = QuarantineRecord.ORIGINALS + "large";
        Line line =
                new Line(1)
                        .put(
                                Refused.event(1, "{\"user_id\":\"ann\"}"),
                                Refused.event(2, "{\"user_id\":\"bob\"}"))
                        .erase("ann");
        line.put(Refused.event(3, "").withOriginalAt(key));
        line.original(key, "{\"user_id\":\"ann\"}");
        return line;
    }

    @Test
    void losesNothingWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(QuarantinePipelineTest::busy)).isGreaterThan(10);
    }

    @Test
    void losesNothingWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(QuarantinePipelineTest::busy)).isGreaterThan(50);
    }

    @Test
    void everyRecordOfTheBusyLineIsThere() {
        Line line = busy();
        line.run();

        assertThat(Set.copyOf(line.rows("event_id")))
                .containsExactlyInAnyOrder("e1", "e2", "e3", "e5");
    }

    private static Line busy() {
        Line line = new Line(1).put(Refused.event(1, "{}"), Refused.event(2, "{"));
        line.put(Refused.event(2, "{"), Refused.event(3, "{}"));
        line.put(Refused.event(5, "{}"));
        return line;
    }

    private static String window(Line line) {
        return first(line) + "-" + first(line);
    }

    private static String first(Line line) {
        return line.streams.records(STREAM).getFirst().sequence().toString();
    }
}
