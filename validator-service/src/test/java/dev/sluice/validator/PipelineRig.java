package dev.sluice.validator;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.validator.egress.QuarantineStore;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.process.BatchCheck;

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

    static final StreamName RAW = new StreamName(Streams.RAW);
    static final StreamName VALID = new StreamName(Streams.VALID);

    final EffectLog log = new EffectLog();
    final MemoryStreams streams;
    final MemoryObjectStore objects;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryConsumer consumer;

    PipelineRig() {
        this(32 << 20);
    }

    PipelineRig(long sliceBytes) {
        InstantSource clock = InstantSource.fixed(Fixtures.NOW);
        streams = new MemoryStreams(clock, log);
        objects = new MemoryObjectStore("lake", clock, log);
        streams.create(RAW, 1);
        streams.create(VALID, 1);
        consumer =
                new MemoryConsumer(
                        streams, RAW, _ -> pipeline(sliceBytes), new MemoryLeases(), 100, 1);
        consumer.start();
    }

    private ValidatePipeline pipeline(long sliceBytes) {
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
                        PublisherConfig.defaults().withDeadline(Duration.ofMillis(200)),
                        meters);
        return new ValidatePipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), sliceBytes),
                new BatchCheck(Fixtures.eventCheck()),
                new QuarantineStore(objects),
                new ValidStream(publisher),
                new ValidatorMetrics(meters));
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

    /// The events on the valid stream, in order.
    List<SectionedEvent> published() {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        return streams.records(VALID).stream()
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

    List<Effect.ObjectPublished> quarantineWrites() {
        return log.of(Effect.ObjectPublished.class);
    }

    double count(String outcome) {
        return meters.get("sluice.events")
                .tags("stage", "validator", "outcome", outcome)
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
