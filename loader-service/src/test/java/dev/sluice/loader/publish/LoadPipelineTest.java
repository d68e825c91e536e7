package dev.sluice.loader.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.StoredFiles;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class LoadPipelineTest {

    private static final String LAYOUT = FileLayout.of(EventsTable.bundled()).id();
    private static final StreamName STREAM = new StreamName("sluice-enriched");
    private static final ShardId SHARD = new ShardId("shardId-000000000000");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final EffectLog log = new EffectLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> Fixtures.RECEIVED, log);
    private final MemoryStreams streams = new MemoryStreams(() -> Fixtures.RECEIVED, log);
    private final MemoryLoadQueue queue =
            new MemoryLoadQueue(() -> Fixtures.RECEIVED, log, this::beforeQueue);
    private Instant now = Fixtures.RECEIVED;
    private boolean queueAway;

    private final InstantSource clock = () -> now;
    private Reference<EventRows> eventRows = Fixtures.eventRows();

    @BeforeEach
    void createStream() {
        streams.create(PublishRig.QUARANTINE, 1);
    }

    @Test
    void theTokenIsGivenBackOnlyOnceTheFileIsQueued() {
        LoadHandler handler = handler(new WindowLimits(1_000, 1 << 20));

        AckToken held = handler.handle(batch(1, List.of(Fixtures.pageView("e1"))));
        now = now.plus(WINDOW);
        AckToken done = handler.handle(tick());

        assertThat(held).isEqualTo(AckToken.none());
        assertThat(done).isEqualTo(token(1));
        assertThat(lines())
                .containsExactly(
                        "publish s3://bucket/layouts/LAYOUT.json",
                        "publish s3://bucket/curated/events/dt=2026-11-21/hour=09/shardId-000000000000-1-1-1-LAYOUT.parquet",
                        "queue curated/events/dt=2026-11-21/hour=09/shardId-000000000000-1-1-1-LAYOUT.parquet rows=1");
    }

    @Test
    void eventsLieInTheHourInWhichTheyHappenedAndWhatDoesNotFitInTheQuarantine() {
        LoadHandler handler = handler(new WindowLimits(1_000, 1 << 20));
        SectionedEvent misfit =
                Fixtures.event(
                        "misfit",
                        "purchase",
                        Duration.ZERO,
                        "{\"properties\":{\"order_id\":\"a\\u0000\"}}");

        handler.handle(batch(7, List.of(late("late"), misfit, Fixtures.pageView("e1"))));
        AckToken done = handler.drain();

        assertThat(done).isEqualTo(token(7));
        assertThat(lines())
                .containsExactly(
                        "put sluice-quarantine shardId-000000000000",
                        "publish s3://bucket/layouts/LAYOUT.json",
                        "publish s3://bucket/curated/events/dt=2026-11-21/hour=09/shardId-000000000000-7-7-1-LAYOUT.parquet",
                        "queue curated/events/dt=2026-11-21/hour=09/shardId-000000000000-7-7-1-LAYOUT.parquet rows=1",
                        "publish s3://bucket/curated/events/dt=2026-11-20/hour=04/shardId-000000000000-7-7-1-LAYOUT.parquet",
                        "queue curated/events/dt=2026-11-20/hour=04/shardId-000000000000-7-7-1-LAYOUT.parquet rows=1");
        assertThat(counted("received")).isEqualTo(3);
        assertThat(counted("published") + counted("rejected")).isEqualTo(3);
    }

    @Test
    void eventsOnTimeDoNotWaitForLateOnesAndAllAreAcknowledgedTogether() {
        LoadHandler handler = handler(new WindowLimits(1_000, 1 << 20));

        handler.handle(batch(1, List.of(late("l1"), Fixtures.pageView("e1"))));
        now = now.plus(WINDOW);
        AckToken early = handler.handle(batch(2, List.of(late("l2"), Fixtures.pageView("e2"))));
        List<LoadFile> first = queued();
        now = now.plus(WINDOW).plus(WINDOW);
        AckToken done = handler.handle(tick());

        assertThat(early).isEqualTo(AckToken.none());
        assertThat(first)
                .noneMatch(LoadFile::isLate)
                .extracting(LoadFile::rows)
                .containsExactly(1L);
        assertThat(done).isEqualTo(token(2));
        assertThat(queued().stream().filter(LoadFile::isLate).map(LoadFile::rows))
                .as("one file for both")
                .containsExactly(2L);
        assertThat(queued()).hasSize(3);
    }

    @Test
    void lateEventsThatFillAWindowArePublishedWithIt() {
        LoadHandler handler = handler(new WindowLimits(2, 1 << 20));

        handler.handle(batch(1, List.of(late("l1"), late("l2"), Fixtures.pageView("e1"))));
        AckToken done = handler.handle(batch(2, List.of(Fixtures.pageView("e2"))));

        assertThat(done).isEqualTo(token(1));
        assertThat(queued()).extracting(LoadFile::rows).containsExactlyInAnyOrder(1L, 2L);
    }

    private static SectionedEvent late(String id) {
        return Fixtures.event(id, "page_view", Duration.ofHours(30), "{}");
    }

    @Test
    void aFullWindowIsPublishedInTheMiddleOfABatch() {
        LoadHandler handler = handler(new WindowLimits(2, 1 << 20));
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            records.add(record(i, List.of(Fixtures.pageView("e" + i))));
        }

        AckToken held =
                handler.handle(new RecordBatch(STREAM, SHARD, records, Duration.ZERO, token(5)));
        AckToken done = handler.drain();

        assertThat(held).isEqualTo(AckToken.none());
        assertThat(done).isEqualTo(token(5));
        assertThat(queued()).extracting(LoadFile::rows).containsExactlyInAnyOrder(2L, 2L, 1L);
    }

    @Test
    void aFailureHoldsEverythingAndTheSameBatchOfferedAgainIsNotTakenTwice() {
        LoadHandler handler = handler(new WindowLimits(1, 1 << 20));
        RecordBatch batch =
                new RecordBatch(
                        STREAM,
                        SHARD,
                        List.of(
                                record(1, List.of(Fixtures.pageView("e1"))),
                                record(2, List.of(Fixtures.pageView("e2")))),
                        Duration.ZERO,
                        token(2));
        queueAway = true;

        assertThatThrownBy(() -> handler.handle(batch)).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> handler.handle(batch)).isInstanceOf(TransientFailure.class);
        queueAway = false;
        handler.handle(batch);
        AckToken done = handler.drain();

        assertThat(done).isEqualTo(token(2));
        assertThat(queued()).extracting(LoadFile::rows).containsExactly(1L, 1L);
    }

    @Test
    void aPoisonFrameIsQuarantinedWholeAndTheShardGoesOn() {
        LoadHandler handler = handler(new WindowLimits(1_000, 1 << 20));
        StreamRecord poison =
                new StreamRecord(sequence(1), Fixtures.RECEIVED, new byte[] {1, 2, 3});
        StreamRecord good = record(2, List.of(Fixtures.pageView("e1")));

        handler.handle(
                new RecordBatch(STREAM, SHARD, List.of(poison, good), Duration.ZERO, token(2)));
        AckToken done = handler.drain();

        assertThat(done).isEqualTo(token(2));
        assertThat(streams.records(PublishRig.QUARANTINE)).hasSize(1);
        assertThat(queued()).extracting(LoadFile::rows).containsExactly(1L);
    }

    @Test
    void aDiscardedWindowMayBeGatheredAgain() {
        LoadPipeline window = new LoadPipeline(steps(), new WindowLimits(10, 1 << 20), memory());
        RecordBatch batch = batch(1, List.of(PublishRig.sent(Fixtures.pageView("e1"), 1, 0)));
        window.add(batch, batch.records().getFirst());

        window.discard();
        RecordBatch later = batch(2, List.of(PublishRig.sent(Fixtures.pageView("e1"), 1, 0)));
        window.add(later, later.records().getFirst());
        window.publish();

        assertThat(queued()).extracting(LoadFile::rows).containsExactly(1L);
        assertThat(counted("replayed")).isZero();
    }

    /// The validator has the contract of an event before the loader looks for newer ones.
    @ParameterizedTest
    @ValueSource(strings = {"", "tenants/acme/"})
    void aNewColumnIsThereForTheFirstEventThatHasIt(String folder) {
        StoredFiles contracts = new StoredFiles(new MemoryObjectStore(), "contracts/");
        contracts.publish(ContractCatalog.bundledFiles());
        eventRows = Fixtures.eventRows(contracts, clock);
        LoadHandler handler = handler(new WindowLimits(1_000, 1 << 20));
        SectionedEvent tap =
                Fixtures.event(
                        "tap", "tap", Duration.ofSeconds(1), "{\"properties\":{\"force\":3}}");

        handler.handle(batch(1, List.of(Fixtures.pageView("e1"))));
        String json = TAP.replace("contract:tap", "contract:" + folder.replace('/', ':') + "tap");
        contracts.publish(Map.of(folder + "tap/1-0-0.json", json.getBytes(StandardCharsets.UTF_8)));
        now = now.plusSeconds(2);
        handler.handle(batch(2, List.of(tap, Fixtures.pageView("e2"))));
        handler.drain();

        Layouts layouts = new Layouts(objects);
        assertThat(queued()).extracting(LoadFile::rows).containsExactlyInAnyOrder(1L, 2L);
        assertThat(queued())
                .extracting(file -> names(layouts.find(file.layout())).contains("tap_force"))
                .containsExactlyInAnyOrder(false, true);
    }

    private static List<String> names(FileLayout layout) {
        return layout.columns().stream().map(Column::name).toList();
    }

    private static final String TAP =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "urn:sluice:contract:tap:1-0-0", "title": "Tap", "description": "A tap.",
             "x-owner": {"team": "t", "contact": "t@example.com"}, "type": "object",
             "properties": {"force": {"type": "integer", "description": "Newton.", "x-pii": "none",
                            "x-since": "1-0-0", "x-column": {"name": "tap_force", "type": "INTEGER"}}}}
            """;

    /// A task may have to take over every shard, each with all that waited for it.
    @Test
    void windowsOfAllShardsTogetherKeepToTheirSpace() {
        LoadPipeline.Steps shared = steps(new WindowSpace(1));
        WindowLimits wide = new WindowLimits(1_000, 1 << 20);
        LoadPipeline window = new LoadPipeline(shared, wide, memory());
        LoadPipeline other = new LoadPipeline(shared, wide, memory());
        RecordBatch batch = batch(1, List.of(Fixtures.pageView("e1")));
        StreamRecord record = batch.records().getFirst();

        assertThat(other.hasRoomFor(record)).isTrue();
        window.add(batch, record);
        assertThat(other.hasRoomFor(record)).as("the other one took all there is").isFalse();
        window.publish();
        assertThat(other.hasRoomFor(record)).isTrue();
        other.add(batch, record);
        other.discard();
        assertThat(window.hasRoomFor(record)).isTrue();
    }

    /// What was done, with a short name for the layout.
    private List<String> lines() {
        return log.lines().stream().map(line -> line.replace(LAYOUT, "LAYOUT")).toList();
    }

    private LoadHandler handler(WindowLimits limits) {
        return handler(steps(), limits);
    }

    private LoadHandler handler(LoadPipeline.Steps steps, WindowLimits limits) {
        return new LoadHandler(
                steps,
                limits,
                WindowAge.of(WINDOW),
                WindowAge.of(PublishRig.LATE_WINDOW),
                memory(),
                clock);
    }

    private LoadPipeline.Steps steps() {
        return steps(new WindowSpace(Long.MAX_VALUE));
    }

    private LoadPipeline.Steps steps(WindowSpace space) {
        return new LoadPipeline.Steps(
                new FrameDecoder(FrameLimits.DEFAULT),
                eventRows,
                new QuarantineStream(PublishRig.quarantinePublisher(streams, meters), objects),
                new CuratedFiles(objects, new Layouts(objects), clock),
                queue,
                space,
                new PublishMetrics(meters));
    }

    private ShardMemory memory() {
        BooksWriter pages = new BooksWriter(PublishMetrics.STAGE, new MemoryBooks(), meters);
        return new ShardMemory(new OriginMarks(100), new ShardBooks(SHARD, pages));
    }

    private void beforeQueue() {
        if (queueAway) {
            throw new TransientFailure("the queue is away");
        }
    }

    private List<LoadFile> queued() {
        return queue.oldest(100);
    }

    private static RecordBatch batch(int sequence, List<SectionedEvent> events) {
        return new RecordBatch(
                STREAM, SHARD, List.of(record(sequence, events)), Duration.ZERO, token(sequence));
    }

    private static RecordBatch tick() {
        return new RecordBatch(STREAM, SHARD, List.of(), Duration.ZERO, AckToken.none());
    }

    private static StreamRecord record(int sequence, List<SectionedEvent> events) {
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT,
                        50_000,
                        new UUID(1, 2),
                        InstantSource.fixed(Fixtures.RECEIVED));
        return new StreamRecord(
                sequence(sequence), Fixtures.RECEIVED, encoder.encode(events).getFirst());
    }

    private double counted(String outcome) {
        return meters.counter("sluice.events", "stage", "loader", "outcome", outcome).count();
    }

    private static AckToken token(int sequence) {
        return AckToken.upTo(sequence(sequence));
    }

    private static SequenceNumber sequence(int number) {
        return SequenceNumber.of(String.valueOf(number));
    }
}
