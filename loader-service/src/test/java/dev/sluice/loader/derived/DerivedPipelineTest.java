package dev.sluice.loader.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.lines.LineBatch;
import dev.sluice.contracts.rejection.QuarantineBatch;
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
import dev.sluice.loader.publish.QuarantineStream;
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
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is on the derived stream is in files that wait for the warehouse, wherever the process
/// dies.
class DerivedPipelineTest {

    private static final SubjectKeys KEYS =
            new SubjectKeys(SubjectSecret.of("a secret of the tests, 32 bytes or more"));
    private static final StreamName STREAM = new StreamName(Streams.DERIVED);
    private static final StreamName QUARANTINE = new StreamName(Streams.QUARANTINE);

    /// The consumer between streams, a bucket and a queue, which outlive it.
    private static final class Line implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryStreams streams = new MemoryStreams(() -> Fixtures.RECEIVED, log);
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> Fixtures.RECEIVED, log);
        private final MemoryLoadQueue queue =
                new MemoryLoadQueue(() -> Fixtures.RECEIVED, log, log::mustLive);
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final MemoryConsumer consumer;
        private SuppressionList suppressed = SuppressionList.EMPTY;

        /// @param maxLines of a window
        Line(int maxLines) {
            streams.create(STREAM, 1);
            streams.create(QUARANTINE, 1);
            StreamPublisher<QuarantineRecord> publisher =
                    new StreamPublisher<>(
                            streams,
                            QUARANTINE,
                            QuarantineBatch::encode,
                            PublisherConfig.defaults().withDeadline(Duration.ofSeconds(2)),
                            meters);
            DerivedSteps steps =
                    new DerivedSteps(
                            new QuarantineStream(publisher, objects),
                            new DerivedFiles(
                                    objects, new Layouts(objects), () -> Fixtures.RECEIVED),
                            queue,
                            new DerivedMetrics(meters));
            consumer =
                    new MemoryConsumer(
                            streams,
                            STREAM,
                            _ ->
                                    new WindowedHandler(
                                            new DerivedPipeline(
                                                    steps,
                                                    new SuppressedSubjects(
                                                            new SuppressionCheck(
                                                                    () -> suppressed, KEYS)),
                                                    maxLines),
                                            WindowAge.of(Duration.ofSeconds(10)),
                                            () -> Fixtures.RECEIVED),
                            2,
                            1);
        }

        /// Erases somebody of the tenant `acme`.
        Line erase(SubjectKind kind, String id, Instant receivedBefore) {
            SubjectKey secret = KEYS.fingerprint();
            SubjectKey key = KEYS.of(new TenantId("acme"), new SubjectId(kind, id));
            suppressed =
                    SuppressionList.of(
                            secret,
                            list -> {
                                list.entry("", secret.high(), secret.low(), 0);
                                list.entry(
                                        "acme",
                                        key.high(),
                                        key.low(),
                                        SuppressionList.micros(receivedBefore));
                            });
            return this;
        }

        Line put(Derived... derived) {
            return put(DerivedBatch.encode(List.of(derived)).getFirst());
        }

        Line put(byte[] record) {
            streams.put(STREAM, List.of(new OutgoingRecord(HashKey.MIN, record)));
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

        /// What the warehouse makes of the files, and what is quarantined.
        @Override
        public Object outcome() {
            Map<String, Integer> newest = new TreeMap<>();
            for (String each : rows(LoadTable.SESSIONS, "concat(session_id, '@', revision)")) {
                String[] parts = each.split("@");
                newest.merge(parts[0], Integer.valueOf(parts[1]), Math::max);
            }
            return List.of(
                    newest,
                    new TreeSet<>(rows(LoadTable.IDENTITIES, "concat(id, '/', person_id)")),
                    new TreeSet<>(
                            quarantined().stream().map(QuarantineRecord::quarantineId).toList()));
        }

        List<String> rows(LoadTable table, String column) {
            return queue.oldest(100).stream()
                    .filter(file -> file.table() == table)
                    .map(LoadFile::key)
                    .flatMap(
                            key ->
                                    StoredRow.texts(objects.read(key).orElseThrow(), column)
                                            .stream())
                    .toList();
        }

        List<QuarantineRecord> quarantined() {
            return streams.records(QUARANTINE).stream()
                    .flatMap(batch -> QuarantineBatch.decode(batch.data()).stream())
                    .toList();
        }

        double lines(String outcome) {
            return meters.counter("sluice.derived.lines", "outcome", outcome).count();
        }
    }

    @Test
    void sessionsAndLinksAreInFilesOfTheirTablesBeforeTheyAreAcknowledged() {
        Line line = new Line(100).put(Found.session("s1", 1), Found.link("a1", "p1", 0));
        String first = line.streams.records(STREAM).getFirst().sequence().toString();
        line.log.clear();

        line.run();

        String window = "/dt=2026-11-21/shardId-000000000000-" + first + "-" + first + "-1.parquet";
        assertThat(line.log.lines().stream().filter(each -> !each.contains("layouts/")))
                .containsExactly(
                        "publish s3://lake/curated/sessions" + window,
                        "queue curated/sessions" + window + " rows=1",
                        "publish s3://lake/curated/identities" + window,
                        "queue curated/identities" + window + " rows=1",
                        "checkpoint sluice-derived shardId-000000000000 " + first);
        assertThat(line.rows(LoadTable.IDENTITIES, "event_id")).containsExactly("login-0");
    }

    @Test
    void ofASessionTheNewestRevisionOfAWindowGoesOn() {
        Line line =
                new Line(100)
                        .put(Found.session("s1", 1), Found.session("s1", 3))
                        .put(Found.session("s1", 2), Found.session("s2", 1))
                        .put(Found.link("a1", "p1", 0), Found.link("a1", "p1", 0));

        line.run();

        assertThat(line.rows(LoadTable.SESSIONS, "concat(session_id, '@', revision)"))
                .containsExactlyInAnyOrder("s1@3", "s2@1");
        assertThat(line.rows(LoadTable.IDENTITIES, "id")).containsExactly("a1");
        assertThat(line.lines("received")).isEqualTo(6);
        assertThat(line.lines("published")).isEqualTo(3);
        assertThat(line.lines("superseded")).isEqualTo(3);
    }

    @Test
    void passesOverWhatIsNotForTheWarehouse() {
        Line line =
                new Line(100)
                        .put(
                                new DomainEvent(
                                        "acme",
                                        "d1",
                                        "purchase_completed",
                                        Fixtures.RECEIVED,
                                        JsonMapper.shared().createObjectNode()));

        line.run();

        assertThat(line.queue.oldest(1)).isEmpty();
        assertThat(line.lines("passed_over")).isEqualTo(1);
        assertThat(line.log.lines()).last().asString().startsWith("checkpoint sluice-derived");
    }

    @Test
    void aRecordThatNobodyCanReadIsQuarantinedAndTheShardGoesOn() {
        Line line = new Line(100).put(new byte[] {1, 2, 3}).put(Found.session("s1", 1));

        line.run();

        assertThat(line.quarantined())
                .singleElement()
                .satisfies(
                        poison -> {
                            assertThat(poison.stage()).isEqualTo("loader-derived");
                            assertThat(poison.reason()).isEqualTo(RejectionReason.DECODE_FAILURE);
                            assertThat(poison.original()).isEqualTo(new byte[] {1, 2, 3});
                            assertThat(poison.quarantineId())
                                    .startsWith("sluice-derived/shardId-000000000000/")
                                    .endsWith("/frame");
                        });
        assertThat(line.rows(LoadTable.SESSIONS, "session_id")).containsExactly("s1");
    }

    @Test
    void aLineThatCannotBeARowIsQuarantinedByItselfWithoutItsIdsInTheMessage() {
        Line line =
                new Line(100)
                        .put(
                                lines(
                                        "{\"kind\":\"session\",\"tenant_id\":\"acme\",\"session_id\":\"secret\"",
                                        "{\"kind\":\"weather\",\"tenant_id\":\"acme\"}",
                                        "{\"kind\":\"identity\",\"tenant_id\":\"acme\",\"id_kind\":\"user\",\"id\":\"secret\",\"shared\":false}"))
                        .put(
                                Found.session("x".repeat(300), 1),
                                Found.session("s1", 1),
                                Found.link("anonymous", "a", "p", null, 0, false));

        line.run();

        assertThat(line.quarantined())
                .extracting(QuarantineRecord::reason)
                .containsExactly(
                        RejectionReason.DECODE_FAILURE,
                        RejectionReason.DECODE_FAILURE,
                        RejectionReason.DOES_NOT_FIT,
                        RejectionReason.DOES_NOT_FIT);
        assertThat(line.quarantined())
                .extracting(QuarantineRecord::message)
                .noneMatch(message -> message.contains("secret") || message.contains("xxx"))
                .contains("column identities.person_id: is missing");
        assertThat(line.quarantined().getLast().quarantineId()).endsWith("/0");
        assertThat(line.rows(LoadTable.SESSIONS, "session_id")).containsExactly("s1");
        assertThat(line.rows(LoadTable.IDENTITIES, "id")).containsExactly("a");
        assertThat(line.lines("rejected")).isEqualTo(4);
        assertThat(line.lines("received")).isEqualTo(6);
    }

    @Test
    void aFullWindowIsWritten() {
        Line line = new Line(1).put(Found.session("s1", 1)).put(Found.session("s2", 1));

        line.run();

        assertThat(line.queue.oldest(10)).hasSize(2);
    }

    @Test
    void whatIsOfAnErasedPersonIsDropped() {
        Line line =
                new Line(100)
                        .put(
                                Found.session("s1", 1, "ann"),
                                Found.session("s2", 1, "bob"),
                                Found.link("user", "ann", "p1", null, 0, false),
                                Found.link("anonymous", "ann", "p2", null, 0, false))
                        .erase(SubjectKind.USER_ID, "ann", Found.STARTED.plusSeconds(1));

        line.run();

        assertThat(line.rows(LoadTable.SESSIONS, "session_id")).containsExactly("s2");
        assertThat(line.rows(LoadTable.IDENTITIES, "person_id")).containsExactly("p2");
        assertThat(line.lines("suppressed")).isEqualTo(2);
    }

    @Test
    void whatIsOfAnErasedDeviceIsDroppedAndWhatCameAfterwardsStays() {
        Line line =
                new Line(100)
                        .put(
                                Found.session("s1", 1, null),
                                Found.link("device-1", "p1", 0),
                                Found.link("device-1", "p2", 5))
                        .erase(SubjectKind.ANONYMOUS_ID, "device-1", Found.STARTED.plusSeconds(5));

        line.run();

        assertThat(line.rows(LoadTable.SESSIONS, "session_id")).isEmpty();
        assertThat(line.rows(LoadTable.IDENTITIES, "person_id")).containsExactly("p2");
    }

    @Test
    void acknowledgesNothingWhileTheBucketIsAway() {
        Line line = new Line(100).put(Found.session("s1", 1));
        line.consumer.start();
        line.consumer.runUntilIdle();
        line.log.clear();
        line.objects.faults().throwOnNextPublish(new TransientFailure("lake is away"));

        assertThatThrownBy(line.consumer::close).hasMessage("lake is away");
        assertThat(line.log.lines()).isEmpty();
        line.consumer.crash();
        line.run();

        assertThat(line.rows(LoadTable.SESSIONS, "session_id")).containsExactly("s1");
    }

    @Test
    void losesNothingWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(DerivedPipelineTest::busy)).isGreaterThan(10);
    }

    @Test
    void losesNothingWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(DerivedPipelineTest::busy)).isGreaterThan(50);
    }

    private static Line busy() {
        return new Line(2)
                .put(Found.session("s1", 1), Found.session("s2", 1), Found.link("a1", "p1", 0))
                .put(new byte[] {7})
                .put(Found.session("s1", 2), Found.link("a1", "p2", 5))
                .put(Found.session("s1", 4), Found.session("s1", 3));
    }

    private static byte[] lines(String... lines) {
        return LineBatch.encode(
                        List.of(lines).stream()
                                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                                .toList())
                .getFirst();
    }
}
