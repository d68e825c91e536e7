package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.egress.DerivedStream;
import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.Outputs;
import dev.sluice.enricher.egress.QuarantineStream;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.session.OpenSessions;
import dev.sluice.enricher.process.session.SessionEnrichment;
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
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

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

    static final StreamName VALID = new StreamName(Streams.VALID);
    static final StreamName ENRICHED = new StreamName(Streams.ENRICHED);
    static final StreamName QUARANTINE = new StreamName(Streams.QUARANTINE);

    static final StreamName DERIVED = new StreamName(Streams.DERIVED);

    static final int MOST_MARKS = 16;

    private static final int BATCH = 100;

    final EffectLog log = new EffectLog();
    final MemoryStreams streams;
    final MemoryObjectStore objects;
    final MemoryBooks books;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryConsumer consumer;

    /// What the streams and the enricher take for the time.
    Instant now = Fixtures.NOW;

    /// Of the present process, by shard.
    final Map<ShardId, ShardMemory> memories = new HashMap<>();

    private final List<Enrichment> enrichments;
    private final Redaction redaction;
    private final long sliceBytes;

    PipelineRig(List<Enrichment> enrichments, long sliceBytes) {
        this(enrichments, sliceBytes, BATCH);
    }

    /// @param sliceBytes decompressed, at which a slice is closed
    /// @param batch the most records of one
    PipelineRig(List<Enrichment> enrichments, long sliceBytes, int batch) {
        this(enrichments, Fixtures.redaction(Switches.ALL_ON), sliceBytes, batch);
    }

    PipelineRig(List<Enrichment> enrichments, Redaction redaction, long sliceBytes, int batch) {
        this.enrichments = enrichments;
        this.redaction = redaction;
        this.sliceBytes = sliceBytes;
        InstantSource clock = () -> now;
        streams = new MemoryStreams(clock, log);
        objects = new MemoryObjectStore("lake", clock, log);
        books = new MemoryBooks(clock);
        streams.create(VALID, 1);
        streams.create(ENRICHED, 1);
        streams.create(QUARANTINE, 1);
        streams.create(DERIVED, 1);
        StatefulShards shards =
                new StatefulShards(
                        "sluice-enricher",
                        objects,
                        meters,
                        clock,
                        StatefulShards.KEEP_ENDED,
                        () -> "a",
                        this::pipeline);
        consumer = new MemoryConsumer(streams, VALID, shards, new MemoryLeases(), batch, 1);
        consumer.start();
    }

    private EnrichPipeline pipeline(ShardStart start) {
        InstantSource clock = () -> now;
        FrameEncoder encoder =
                new FrameEncoder(FrameLimits.DEFAULT, 64 << 10, new UUID(1, 1), clock);
        StreamPublisher<SectionedEvent> publisher =
                new StreamPublisher<>(
                        streams,
                        ENRICHED,
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
                new BooksWriter(EnricherMetrics.STAGE, new LoggedBooks(books, log), meters);
        ShardMemory memory =
                new ShardMemory(
                        new OriginMarks(MOST_MARKS),
                        new OpenSessions(Fixtures.SESSIONS),
                        new ShardBooks(start.shard(), pages));
        memories.put(start.shard(), memory);
        StreamPublisher<Derived> derivedPublisher =
                new StreamPublisher<>(
                        streams,
                        DERIVED,
                        DerivedBatch::encode,
                        PublisherConfig.defaults().withDeadline(Duration.ofSeconds(2)),
                        meters);
        return new EnrichPipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), sliceBytes),
                Fixtures.enricher(enrichments, redaction)
                        .and(new SessionEnrichment(memory.sessions(), Fixtures.SESSIONS)),
                Fixtures.consequences(),
                new Outputs(
                        new QuarantineStream(quarantinePublisher, objects),
                        new DerivedStream(derivedPublisher),
                        new EnrichedStream(publisher)),
                new EnricherMetrics(meters),
                memory,
                clock);
    }

    /// Puts each event on the valid stream in a frame of its own, on the shard of its partition
    /// key.
    void feedEach(SectionedEvent... events) {
        for (SectionedEvent event : events) {
            HashKey key = HashKey.of(Receipt.decode(event.receipt()).partitionKey());
            streams.put(VALID, List.of(new OutgoingRecord(key, Fixtures.frame(event))));
        }
        log.clear();
    }

    /// Puts records on the valid stream as one batch, and forgets that.
    void feed(byte[]... records) {
        List<OutgoingRecord> batch = new ArrayList<>();
        for (byte[] data : records) {
            batch.add(new OutgoingRecord(HashKey.MIN, data));
        }
        streams.put(VALID, batch);
        log.clear();
    }

    /// The events on the enriched stream, shard by shard, in order.
    List<SectionedEvent> published() {
        return streams.records(ENRICHED).stream().flatMap(PipelineRig::events).toList();
    }

    /// The events on a shard of the enriched stream, in order.
    List<SectionedEvent> published(ShardId shard) {
        return streams.records(ENRICHED, shard).stream().flatMap(PipelineRig::events).toList();
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

    /// The newest report of each session.
    Map<String, SessionChange> sessions() {
        Map<String, SessionChange> newest = new TreeMap<>();
        for (StreamRecord batch : streams.records(DERIVED)) {
            for (Derived fact : DerivedBatch.decode(batch.data())) {
                if (fact instanceof SessionChange session) {
                    newest.merge(
                            session.sessionId(),
                            session,
                            (one, other) -> one.revision() > other.revision() ? one : other);
                }
            }
        }
        return newest;
    }

    /// What the books say became of all events, by tenant.
    Map<String, BookCounts> booked() {
        Map<String, BookCounts> counts = new TreeMap<>();
        for (BookPage page : books.all()) {
            page.counts().forEach((tenant, more) -> counts.merge(tenant, more, BookCounts::plus));
        }
        return counts;
    }

    /// What the meters counted in, they counted out.
    void assertBalanced() {
        if (meters.find("sluice.events").counter() == null) {
            return;
        }
        assertThat(count("received"))
                .isEqualTo(
                        count("published")
                                + count("rejected")
                                + count("duplicate")
                                + count("suppressed"));
    }

    double count(String outcome) {
        return meters.get("sluice.events")
                .tags("stage", "enricher", "outcome", outcome)
                .counter()
                .count();
    }
}
