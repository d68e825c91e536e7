package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/// One shard processor with everything around it in the test's hand.
final class ShardBench {

    static final String SHARD = "shardId-000000000000";
    static final KclConsumerConfig CONFIG =
            new KclConsumerConfig("reader", new StreamName("orders"), "worker", KclTuning.DEFAULT);

    static final InstantSource FIXED = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    private static final Backoff FAST = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final RandomGenerator MIDDLE = () -> Long.MAX_VALUE;

    final EffectLog log = new EffectLog();
    final ScriptedCheckpointer checkpointer = new ScriptedCheckpointer(log);
    final AtomicBoolean leaseHeld = new AtomicBoolean(true);
    final AtomicReference<Instant> now = new AtomicReference<>(FIXED.instant());
    final StopSignal stop = new StopSignal();
    final ConsumerStatus status = new ConsumerStatus(CONFIG, now::get);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ScriptedHandler handler;
    final Queue<RuntimeException> openFailures = new ArrayDeque<>();
    final List<ShardStart> starts = new ArrayList<>();
    final ShardProcessor processor;

    private ShardBench(Duration checkpointInterval, boolean holds) {
        handler = new ScriptedHandler(log, holds);
        status.reading();
        processor =
                new ShardProcessor(
                        new ShardContext(
                                CONFIG.stream(),
                                this::openHandler,
                                shard -> leaseHeld::get,
                                stop,
                                status,
                                new ConsumerMetrics(meters, CONFIG),
                                checkpointInterval,
                                FAST,
                                FAST,
                                now::get,
                                MIDDLE));
    }

    /// The handler acknowledges every batch, and every acknowledgement is checkpointed.
    static ShardBench acknowledging() {
        return new ShardBench(Duration.ZERO, false);
    }

    static ShardBench acknowledging(Duration checkpointInterval) {
        return new ShardBench(checkpointInterval, false);
    }

    /// The handler acknowledges nothing before it is drained.
    static ShardBench holding() {
        return new ShardBench(Duration.ZERO, true);
    }

    private ShardHandler openHandler(ShardStart start) {
        RuntimeException failure = openFailures.poll();
        if (failure != null) {
            log.add("open failed");
            throw failure;
        }
        log.add("open");
        starts.add(start);
        return handler;
    }

    void open() {
        open(ExtendedSequenceNumber.TRIM_HORIZON);
    }

    void open(ExtendedSequenceNumber checkpoint) {
        processor.initialize(
                InitializationInput.builder()
                        .shardId(SHARD)
                        .extendedSequenceNumber(checkpoint)
                        .build());
    }

    /// Delivers records whose text is their sequence number.
    void deliver(String... sequences) {
        processor.processRecords(batch(sequences));
    }

    ProcessRecordsInput batch(String... sequences) {
        List<KinesisClientRecord> records =
                Arrays.stream(sequences).map(ShardBench::record).toList();
        return ProcessRecordsInput.builder()
                .records(records)
                .millisBehindLatest(1500L)
                .checkpointer(checkpointer)
                .build();
    }

    RecordBatch batchOf(String... sequences) {
        return RecordBatches.of(CONFIG.stream(), new ShardId(SHARD), batch(sequences));
    }

    static KinesisClientRecord record(String sequence) {
        return KinesisClientRecord.builder()
                .sequenceNumber(sequence)
                .approximateArrivalTimestamp(Instant.EPOCH)
                .partitionKey("key")
                .data(ByteBuffer.wrap(sequence.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer())
                .build();
    }

    void endShard() {
        processor.shardEnded(ShardEndedInput.builder().checkpointer(checkpointer).build());
    }

    void requestStop() {
        processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
    }

    void loseLease() {
        processor.leaseLost(LeaseLostInput.builder().build());
    }

    void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    double count(String meter, String tag, String value) {
        return meters.counter(meter, "stream", "orders", "application", "reader", tag, value)
                .count();
    }
}
