package dev.sluice.enricher;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.QuarantineStore;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/// The pipeline between two streams and a bucket in memory, with everything it does in one log.
final class PipelineRig {

    static final StreamName VALID = new StreamName(Streams.VALID);
    static final StreamName ENRICHED = new StreamName(Streams.ENRICHED);

    static final int MOST_MARKS = 16;

    final EffectLog log = new EffectLog();
    final MemoryStreams streams;
    final MemoryObjectStore objects;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryConsumer consumer;
    private final List<Enrichment> enrichments;
    private final long sliceBytes;

    PipelineRig(List<Enrichment> enrichments, long sliceBytes) {
        this.enrichments = enrichments;
        this.sliceBytes = sliceBytes;
        InstantSource clock = InstantSource.fixed(Fixtures.NOW);
        streams = new MemoryStreams(clock, log);
        objects = new MemoryObjectStore("lake", clock, log);
        streams.create(VALID, 1);
        streams.create(ENRICHED, 1);
        StatefulShards shards =
                new StatefulShards("sluice-enricher", objects, meters, _ -> pipeline());
        consumer = new MemoryConsumer(streams, VALID, shards, new MemoryLeases(), 100, 1);
        consumer.start();
    }

    private EnrichPipeline pipeline() {
        InstantSource clock = InstantSource.fixed(Fixtures.NOW);
        FrameEncoder encoder =
                new FrameEncoder(FrameLimits.DEFAULT, 64 << 10, new UUID(1, 1), clock);
        StreamPublisher<SectionedEvent> publisher =
                new StreamPublisher<>(
                        streams,
                        ENRICHED,
                        encoder::encode,
                        PublisherConfig.defaults().withDeadline(Duration.ofMillis(200)),
                        meters);
        return new EnrichPipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), sliceBytes),
                new EventEnricher(enrichments, Fixtures.LAYOUT, clock),
                new QuarantineStore(objects),
                new EnrichedStream(publisher),
                new EnricherMetrics(meters),
                ShardMemory.empty(MOST_MARKS));
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

    /// The events on the enriched stream, in order.
    List<SectionedEvent> published() {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        return streams.records(ENRICHED).stream()
                .flatMap(
                        record ->
                                switch (decoder.decode(record.data())) {
                                    case Frame.Readable frame -> frame.events().stream();
                                    case Frame.Unreadable frame ->
                                            throw new AssertionError(frame.why().message());
                                })
                .toList();
    }

    /// Every quarantine record in the bucket, by object and then in order.
    List<QuarantineRecord> quarantined() {
        return objects.list("quarantine/").flatMap(object -> lines(object.key()).stream()).toList();
    }

    double count(String outcome) {
        return meters.get("sluice.events")
                .tags("stage", "enricher", "outcome", outcome)
                .counter()
                .count();
    }

    private List<QuarantineRecord> lines(String key) {
        byte[] content = objects.read(key).orElseThrow();
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(QuarantineRecord::decode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
