package dev.sluice.validator;

import com.sun.management.OperatingSystemMXBean;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;
import dev.sluice.validator.egress.QuarantineStream;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.ContractExamples;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Events per CPU second of the whole pipeline, from frame to frame, beside parsing alone. The
/// stream is a stub that takes everything; 2 KB events, 100 a frame, no copies.
///
/// `java -cp <test class path> dev.sluice.validator.ValidateThroughput [ROUNDS]`; the first rounds
/// are those in which the compilers work.
final class ValidateThroughput {

    private static final int EVENTS_PER_FRAME = 100;
    private static final int FRAMES = 40;
    private static final int EVENT_BYTES = 2000;
    private static final Duration ROUND = Duration.ofSeconds(4);

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ValidateThroughput() {}

    public static void main(String[] args) {
        List<SectionedEvent> events = events();
        RecordBatch batch = batch(events);
        ShardMemory memory = Fixtures.memory(new MemoryBooks());
        ValidatePipeline pipeline = pipeline(memory, SuppressionList.EMPTY);
        ValidatePipeline suppressing = pipeline(memory, others());
        BodyParser parser = new BodyParser();
        long bytes = events.stream().mapToLong(event -> event.body().length()).sum();
        System.out.printf("%d events, %d bytes each%n", events.size(), bytes / events.size());
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        for (int round = 1; round <= rounds; round++) {
            double parse =
                    perCpuSecond(
                            events.size(),
                            () -> events.forEach(event -> parser.parse(event.body())));
            double whole =
                    perCpuSecond(
                            events.size(),
                            () -> {
                                memory.ids().clear();
                                pipeline.handle(batch);
                            });
            double listed =
                    perCpuSecond(
                            events.size(),
                            () -> {
                                memory.ids().clear();
                                suppressing.handle(batch);
                            });
            System.out.printf(
                    "round %d: parse only %.0f/s, pipeline %.0f/s, ratio %.2f, with others"
                            + " suppressed %.0f/s%n",
                    round, parse, whole, whole / parse, listed);
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
        List<ContractExamples.Example> examples = ContractExamples.all();
        List<SectionedEvent> events = new ArrayList<>();
        for (int i = 0; i < FRAMES * EVENTS_PER_FRAME; i++) {
            JsonNode event = examples.get(i % examples.size()).event().deepCopy();
            ObjectNode properties = (ObjectNode) event.path("properties");
            for (int n = 0; event.toString().length() < EVENT_BYTES; n++) {
                properties.put("detail_" + n, "value %d of detail %d".formatted(i * 31 % 977, n));
            }
            byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
            events.add(Fixtures.received(Fixtures.receipt(Fixtures.SHOP, "e-" + i), body));
        }
        return events;
    }

    private static RecordBatch batch(List<SectionedEvent> events) {
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame =
                    Fixtures.frame(
                            FrameLimits.DEFAULT,
                            events.subList(i * EVENTS_PER_FRAME, (i + 1) * EVENTS_PER_FRAME));
            records.add(
                    new StreamRecord(SequenceNumber.of(String.valueOf(i)), Fixtures.NOW, frame));
        }
        return new RecordBatch(
                new StreamName("raw"),
                new ShardId("shard"),
                records,
                Duration.ZERO,
                AckToken.upTo(records.getLast().sequence()));
    }

    /// A hundred thousand subjects of the tenant who send nothing.
    private static SuppressionList others() {
        SubjectKeys keys = Fixtures.subjectKeys();
        SubjectKey secret = keys.fingerprint();
        return SuppressionList.of(
                secret,
                list -> {
                    list.entry(SuppressionList.Reader.NOBODY, secret.high(), secret.low(), 0);
                    for (int i = 0; i < 100_000; i++) {
                        SubjectId erased = new SubjectId(SubjectKind.USER_ID, "erased-" + i);
                        SubjectKey key = keys.of(Fixtures.SHOP, erased);
                        list.entry(
                                Fixtures.SHOP.value(),
                                key.high(),
                                key.low(),
                                SuppressionList.FOR_EVER);
                    }
                });
    }

    private static ValidatePipeline pipeline(ShardMemory memory, SuppressionList list) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT, 64 << 10, UUID.randomUUID(), InstantSource.system());
        return new ValidatePipeline(
                new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), 32 << 20),
                new BatchCheck(Fixtures.eventCheck()),
                Fixtures.suppression(() -> list),
                new QuarantineStream(
                        new StreamPublisher<>(
                                new Sink(),
                                new StreamName("quarantine"),
                                QuarantineBatch::encode,
                                PublisherConfig.defaults(),
                                meters),
                        new MemoryObjectStore()),
                new ValidStream(
                        new StreamPublisher<>(
                                new Sink(),
                                new StreamName("valid"),
                                encoder::encode,
                                PublisherConfig.defaults(),
                                meters)),
                new ValidatorMetrics(meters, Fixtures.CONTRACTS::has),
                memory);
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
