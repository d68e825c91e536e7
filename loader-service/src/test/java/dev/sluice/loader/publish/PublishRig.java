package dev.sluice.loader.publish;

import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.StoredRow;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.window.WindowAge;
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
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// The publish loop between a stream, a bucket, a queue and books in memory, which outlive it, with
/// everything it does in one log.
public final class PublishRig {

    static final StreamName ENRICHED = new StreamName(Streams.ENRICHED);
    static final StreamName QUARANTINE = new StreamName(Streams.QUARANTINE);
    static final Duration WINDOW = Duration.ofSeconds(10);
    static final Duration LATE_WINDOW = Duration.ofSeconds(30);

    private static final String APPLICATION = "sluice-loader";

    public final EffectLog log = new EffectLog();
    final MemoryStreams streams;
    public final MemoryObjectStore objects;
    public final MemoryLoadQueue queue;
    final MemoryBooks books;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public MemoryConsumer consumer;

    private final MemoryLeases leases = new MemoryLeases();

    /// What everybody takes for the time.
    Instant now = Fixtures.RECEIVED;

    private final InstantSource clock = () -> now;
    private final WindowLimits limits;
    private final LoadPipeline.Steps steps;

    /// @param maxRows of a window
    /// @param batch the most records of one
    public PublishRig(int maxRows, int batch) {
        limits = new WindowLimits(maxRows, 1 << 20);
        streams = new MemoryStreams(clock, log);
        objects = new MemoryObjectStore("lake", clock, log);
        queue = new MemoryLoadQueue(clock, log, log::mustLive);
        books = new MemoryBooks(clock);
        streams.create(ENRICHED, 1);
        streams.create(QUARANTINE, 1);
        steps =
                new LoadPipeline.Steps(
                        new FrameDecoder(FrameLimits.DEFAULT),
                        Fixtures.eventRows(),
                        new QuarantineStream(quarantinePublisher(streams, meters), objects),
                        new CuratedFiles(objects, new Layouts(objects), clock),
                        queue,
                        new WindowSpace(Long.MAX_VALUE),
                        new PublishMetrics(meters));
        consumer = start(batch);
    }

    static StreamPublisher<QuarantineRecord> quarantinePublisher(
            MemoryStreams streams, SimpleMeterRegistry meters) {
        return new StreamPublisher<>(
                streams,
                QUARANTINE,
                QuarantineBatch::encode,
                PublisherConfig.defaults().withDeadline(Duration.ofSeconds(2)),
                meters);
    }

    private MemoryConsumer start(int batch) {
        MemoryConsumer started = new MemoryConsumer(streams, ENRICHED, shards(), leases, batch, 1);
        started.start();
        return started;
    }

    private StatefulShards shards() {
        BooksWriter pages =
                new BooksWriter(PublishMetrics.STAGE, new LoggedBooks(books, log), meters);
        return new StatefulShards(
                APPLICATION,
                objects,
                meters,
                start ->
                        new LoadHandler(
                                steps,
                                limits,
                                WindowAge.of(WINDOW),
                                WindowAge.of(LATE_WINDOW),
                                new ShardMemory(
                                        new OriginMarks(1_000),
                                        new ShardBooks(start.shard(), pages)),
                                clock));
    }

    /// The event as the enricher sends it on.
    ///
    /// @param sequence of the record of the valid stream that it was read from
    /// @param index in that record
    public static SectionedEvent sent(SectionedEvent event, int sequence, int index) {
        return event.withOrigin(
                new OriginCodec().encode("shardId-000000000007", String.valueOf(sequence), index));
    }

    /// Puts a frame on the enriched stream, on the shard of its first event.
    public void put(SectionedEvent... events) {
        byte[] frame =
                new FrameEncoder(
                                FrameLimits.DEFAULT, 50_000, new UUID(1, 2), InstantSource.system())
                        .encode(List.of(events))
                        .getFirst();
        put(HashKey.of(Receipt.decode(events[0].receipt()).partitionKey()), frame);
    }

    public void put(HashKey key, byte[] data) {
        streams.put(ENRICHED, List.of(new OutgoingRecord(key, data)));
    }

    /// The process dies and a new one starts.
    void restart() {
        consumer.crash();
        consumer.start();
    }

    /// @param batch of the new process: the most records of one
    void restart(int batch) {
        consumer.crash();
        consumer = start(batch);
    }

    /// Closes the window that is open, by age.
    void age() {
        now = now.plus(WINDOW);
        consumer.tick();
    }

    /// The rows of every file in the queue, in the order of the files.
    List<StoredRow> rows() {
        return queue.oldest(1_000).stream()
                .map(LoadFile::key)
                .flatMap(key -> StoredRow.read(objects.read(key).orElseThrow()).stream())
                .toList();
    }

    /// The ids of what is on the quarantine's stream, without what was sent again.
    public Set<String> quarantined() {
        return streams.records(QUARANTINE).stream()
                .flatMap(batch -> QuarantineBatch.decode(batch.data()).stream())
                .map(QuarantineRecord::quarantineId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> eventIds() {
        return rows().stream().map(StoredRow::eventId).toList();
    }

    public List<String> keys(String prefix) {
        return objects.list(prefix).map(ObjectSummary::key).toList();
    }

    /// What the books say became of all events, by tenant.
    public Map<String, BookCounts> booked() {
        Map<String, BookCounts> counts = new TreeMap<>();
        for (BookPage page : books.all()) {
            page.counts().forEach((tenant, more) -> counts.merge(tenant, more, BookCounts::plus));
        }
        return counts;
    }

    double counted(String outcome) {
        return meters.counter("sluice.events", "stage", "loader", "outcome", outcome).count();
    }
}
