package dev.sluice.validator;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.LoggedBooks;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;
import dev.sluice.validator.egress.QuarantineStream;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.duplicate.SeenIds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// The pipeline between two streams and a bucket in memory, with everything it does in one log.
final class PipelineRig {

    static final StreamName RAW = new StreamName(Streams.RAW);
    static final Duration WINDOW = Duration.ofMinutes(60);
    static final StreamName VALID = new StreamName(Streams.VALID);
    static final StreamName QUARANTINE = new StreamName(Streams.QUARANTINE);

    private static final int SLICE_BYTES = 32 << 20;
    private static final int BATCH = 100;
    private static final long ID_BYTES = 1 << 20;

    final EffectLog log = new EffectLog();
    final MemoryStreams streams;
    final MemoryObjectStore objects;
    final MemoryBooks books;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryConsumer consumer;

    /// What the streams take for the time.
    Instant now = Fixtures.NOW;

    /// Those who were erased.
    SuppressionList suppressed = SuppressionList.EMPTY;

    /// Of the present process, by shard.
    final Map<ShardId, ShardMemory> memories = new HashMap<>();

    private final ValidatorMetrics metrics = new ValidatorMetrics(meters, Fixtures.CONTRACTS::has);
    private final long sliceBytes;
    private final long idBytes;

    PipelineRig() {
        this(SLICE_BYTES, BATCH, ID_BYTES);
    }

    /// @param sliceBytes decompressed, at which a slice is closed
    /// @param batch the most records of one
    /// @param idBytes that the ids seen may take
    PipelineRig(long sliceBytes, int batch, long idBytes) {
        this.sliceBytes = sliceBytes;
        this.idBytes = idBytes;
        InstantSource clock = () -> now;
        streams = new MemoryStreams(clock, log);
        objects = new MemoryObjectStore("lake", clock, log);
        books = new MemoryBooks(clock);
        streams.create(RAW, 1);
        streams.create(VALID, 1);
        streams.create(QUARANTINE, 1);
        StatefulShards shards =
                new StatefulShards(
                        "sluice-validator",
                        objects,
                        meters,
                        clock,
                        StatefulShards.KEEP_ENDED,
                        () -> "a",
                        this::pipeline);
        consumer = new MemoryConsumer(streams, RAW, shards, new MemoryLeases(), batch, 1);
        consumer.start();
    }

    static PipelineRig withSlices(long bytes) {
        return new PipelineRig(bytes, BATCH, ID_BYTES);
    }

    static PipelineRig rememberingIds(int ids) {
        return new PipelineRig(SLICE_BYTES, BATCH, ids * 32L);
    }

    private ValidatePipeline pipeline(ShardStart start) {
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT,
                        64 << 10,
                        new UUID(1, 1),
                        InstantSource.fixed(Fixtures.NOW));
        StreamPublisher<SectionedEvent> publisher =
                new StreamPublisher<>(
                        streams,
                        VALID,
                        encoder::encode,
                        PublisherConfig.defaults().withDeadline(Duration.ofSeconds(2)),
                        meters);
        StreamPublisher<QuarantineRecord> quarantinePublisher =
                new StreamPublisher<>(
                        streams,
                        QUARANTINE,
                        QuarantineBatch::encode,
                        PublisherConfig.defaults().withDeadline(Duration.ofSeconds(2)),
                        meters);
        BooksWriter pages =
                new BooksWriter(ValidatorMetrics.STAGE, new LoggedBooks(books, log), meters);
        ShardMemory memory =
                new ShardMemory(
                        new SeenIds(WINDOW, idBytes, metrics::evicted),
                        new ShardBooks(start.shard(), pages));
        memories.put(start.shard(), memory);
        return new ValidatePipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), sliceBytes),
                new BatchCheck(Fixtures.eventCheck()),
                Fixtures.suppression(() -> suppressed),
                new QuarantineStream(quarantinePublisher, objects),
                new ValidStream(publisher),
                metrics,
                memory);
    }

    /// Erases a subject of a tenant.
    ///
    /// @param receivedBefore in microseconds since 1970
    void suppress(TenantId tenant, SubjectId subject, long receivedBefore) {
        SubjectKeys keys = Fixtures.subjectKeys();
        SubjectKey key = keys.of(tenant, subject);
        SubjectKey secret = keys.fingerprint();
        suppressed =
                SuppressionList.of(
                        secret,
                        list -> {
                            list.entry(
                                    SuppressionList.Reader.NOBODY, secret.high(), secret.low(), 0);
                            list.entry(tenant.value(), key.high(), key.low(), receivedBefore);
                        });
    }

    /// The process dies and a new one starts.
    void restart() {
        consumer.crash();
        consumer.start();
    }

    /// Puts each event on the raw stream in a frame of its own, on the shard of its partition key.
    void feedEach(SectionedEvent... events) {
        for (SectionedEvent event : events) {
            HashKey key = HashKey.of(Receipt.decode(event.receipt()).partitionKey());
            streams.put(RAW, List.of(new OutgoingRecord(key, Fixtures.frame(event))));
        }
        log.clear();
    }

    /// Puts records on the raw stream as one batch, and forgets that.
    void feed(byte[]... records) {
        List<OutgoingRecord> batch = new ArrayList<>();
        for (byte[] data : records) {
            batch.add(new OutgoingRecord(HashKey.MIN, data));
        }
        streams.put(RAW, batch);
        log.clear();
    }

    /// The events on the valid stream, shard by shard, in order.
    List<SectionedEvent> published() {
        return streams.records(VALID).stream().flatMap(PipelineRig::events).toList();
    }

    /// The events on a shard of the valid stream, in order.
    List<SectionedEvent> published(ShardId shard) {
        return streams.records(VALID, shard).stream().flatMap(PipelineRig::events).toList();
    }

    private static Stream<SectionedEvent> events(StreamRecord record) {
        return switch (new FrameDecoder(FrameLimits.DEFAULT).decode(record.data())) {
            case Frame.Readable frame -> frame.events().stream();
            case Frame.Unreadable frame -> throw new AssertionError(frame.why().message());
        };
    }

    /// Every quarantine record on the stream, in order; one that a replay sent again twice.
    List<QuarantineRecord> quarantined() {
        return streams.records(QUARANTINE).stream()
                .flatMap(batch -> QuarantineBatch.decode(batch.data()).stream())
                .toList();
    }

    /// What the books say became of all events, by tenant.
    Map<String, BookCounts> booked() {
        Map<String, BookCounts> counts = new TreeMap<>();
        for (BookPage page : books.all()) {
            page.counts().forEach((tenant, more) -> counts.merge(tenant, more, BookCounts::plus));
        }
        return counts;
    }

    double count(String outcome) {
        return meters.get("sluice.events")
                .tags("stage", "validator", "outcome", outcome)
                .counter()
                .count();
    }
}
