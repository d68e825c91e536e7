package dev.sluice.enricher;

import com.sun.management.OperatingSystemMXBean;

import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.enricher.egress.DerivedStream;
import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.Outputs;
import dev.sluice.enricher.egress.QuarantineStream;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.process.session.OpenSessions;
import dev.sluice.enricher.process.session.SessionEnrichment;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.RecordEncoder;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import tools.jackson.databind.json.JsonMapper;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Events per CPU second of the whole pipeline, from frame to frame, beside parsing the bodies
/// alone, which it does not do. The stream is a stub that takes everything; 2 KB events, 100 a
/// frame, 400 user agents.
///
/// `java -cp <test class path> dev.sluice.enricher.EnrichThroughput`
final class EnrichThroughput {

    private static final int EVENTS_PER_FRAME = 100;
    private static final int FRAMES = 40;
    private static final int ROUNDS = Integer.getInteger("rounds", 4);
    private static final Duration ROUND = Duration.ofSeconds(4);

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private EnrichThroughput() {}

    public static void main(String[] args) {
        List<SectionedEvent> events = events();
        RecordBatch batch = batch(events);
        EnrichPipeline pipeline = pipeline();
        JsonMapper json = JsonMapper.shared();
        for (int round = 1; round <= ROUNDS; round++) {
            double parse =
                    perCpuSecond(
                            events.size(),
                            () ->
                                    events.forEach(
                                            event ->
                                                    json.readTree(
                                                            event.body().array(),
                                                            event.body().offset(),
                                                            event.body().length())));
            double whole = perCpuSecond(events.size(), () -> pipeline.handle(batch));
            System.out.printf(
                    "round %d: parse only %.0f/s, pipeline %.0f/s, ratio %.2f%n",
                    round, parse, whole, whole / parse);
        }
    }

    /// How often in a CPU second of this process, its collector and compiler included.
    private static double perCpuSecond(int events, Runnable work) {
        long until = System.nanoTime() + ROUND.toNanos();
        long cpu = PROCESS.getProcessCpuTime();
        long done = 0;
        while (System.nanoTime() < until) {
            work.run();
            done += events;
        }
        return done / ((PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }

    private static List<SectionedEvent> events() {
        List<SectionedEvent> events = new ArrayList<>();
        for (int i = 0; i < FRAMES * EVENTS_PER_FRAME; i++) {
            String body = body(i);
            String userAgent = Fixtures.IPHONE + " App/" + i % 400;
            events.add(
                    SectionedEvent.received(Fixtures.receipt("e-" + i).encode(), Bytes.utf8(body))
                            .withChecked(
                                    Fixtures.facts(Fixtures.NOW, "a-" + i, null, null, userAgent)
                                            .encode()));
        }
        return events;
    }

    /// A page of a shop with a list of products, some 2 KB as SDKs send it.
    private static String body(int n) {
        StringBuilder products = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            products.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"product_id":"sku-%d","name":"Trail Runner %d","brand":"Fjellheim","price":%d.95,\
                            "currency":"EUR","position":%d,"in_stock":true}"""
                                    .formatted(n % 977 + i, i, 49 + i, i + 1));
        }
        return """
               {"event_id":"e-%1$d","event_type":"page_view","event_ts":"2026-11-21T09:59:58.123Z","sent_ts":"2026-11-21T09:59:59Z",\
               "anonymous_id":"3f1c7a52-9f5e-4d5b-8d0e-%1$012d","session_id":"s-%1$d","context":{"page":{"url":\
               "https://shop.example/c/running/trail?page=%2$d&sort=price","path":"/c/running/trail","referrer":\
               "https://www.google.com/","title":"Trail running shoes | Shop"},"app":{"name":"web","version":"5.2.0","build":"1841"},\
               "library":{"name":"sluice-js","version":"1.0.0"},"locale":"de-DE","timezone":"Europe/Berlin","screen":{"width":1512,\
               "height":982,"density":2},"campaign":{"source":"newsletter","medium":"email","name":"autumn"}},"properties":{"name":\
               "Trail running","category":"Sport > Running > Shoes","section":"shop","page_type":"listing","load_ms":431,\
               "scroll_depth":64,"experiment_ids":["grid_density:b","hero:a"],"filters":{"size":"42","colour":"blue"},"list_id":\
               "trail-%2$d","results":148,"recommender":"als-7","products":[%3$s]}}"""
                .formatted(n, n % 40, products);
    }

    private static RecordBatch batch(List<SectionedEvent> events) {
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame =
                    Fixtures.frame(
                            events.subList(i * EVENTS_PER_FRAME, (i + 1) * EVENTS_PER_FRAME)
                                    .toArray(SectionedEvent[]::new));
            records.add(
                    new StreamRecord(SequenceNumber.of(String.valueOf(i)), Fixtures.NOW, frame));
        }
        return new RecordBatch(
                new StreamName("valid"),
                new ShardId("shard"),
                records,
                Duration.ZERO,
                AckToken.upTo(records.getLast().sequence()));
    }

    private static EnrichPipeline pipeline() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT, 64 << 10, UUID.randomUUID(), InstantSource.system());
        OpenSessions sessions = new OpenSessions(Fixtures.SESSIONS);
        return new EnrichPipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), 32 << 20),
                Fixtures.enricher(Fixtures.enrichments())
                        .and(new SessionEnrichment(sessions, Fixtures.SESSIONS)),
                Fixtures.consequences(),
                new Outputs(
                        new QuarantineStream(
                                publisher("quarantine", QuarantineBatch::encode, meters),
                                new MemoryObjectStore()),
                        new DerivedStream(publisher("derived", DerivedBatch::encode, meters)),
                        new EnrichedStream(publisher("enriched", encoder::encode, meters))),
                new EnricherMetrics(meters),
                new ShardMemory(
                        new OriginMarks(8192),
                        sessions,
                        new ShardBooks(
                                new ShardId("shard"),
                                new BooksWriter(EnricherMetrics.STAGE, new MemoryBooks(), meters))),
                InstantSource.system());
    }

    private static <T> StreamPublisher<T> publisher(
            String stream, RecordEncoder<T> encoding, SimpleMeterRegistry meters) {
        return new StreamPublisher<>(
                new Sink(), new StreamName(stream), encoding, PublisherConfig.defaults(), meters);
    }

    /// Takes every record and forgets it.
    private static final class Sink implements StreamClient {
        @Override
        public List<OpenShard> openShards(StreamName stream) {
            return List.of(new OpenShard(new ShardId("shard"), HashRange.ALL));
        }

        @Override
        public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
            PutResult stored = new PutResult.Stored(new ShardId("shard"), SequenceNumber.of("1"));
            return records.stream().map(record -> stored).toList();
        }
    }
}
