package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

class MemoryConsumerTest {

    private static final StreamName STREAM = new StreamName("raw");
    private static final ShardId FIRST = new ShardId("shardId-000000000000");

    private final MemoryStreams streams = new MemoryStreams();
    private final List<String> handled = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private boolean holding;

    private final MemoryLeases leases = new MemoryLeases();
    private final MemoryConsumer consumer =
            new MemoryConsumer(streams, STREAM, start -> new Recorder(start.shard()), leases, 2, 3);

    /// Writes down what it is given; acknowledges all of it, or holds it until it is drained.
    private final class Recorder implements ShardHandler {

        private final ShardId shard;
        private AckToken held = AckToken.none();

        Recorder(ShardId shard) {
            this.shard = shard;
            events.add("open " + shard);
        }

        @Override
        public AckToken handle(RecordBatch batch) {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            batch.records().forEach(record -> handled.add(text(record)));
            if (batch.records().isEmpty()) {
                events.add("tick " + shard);
                return AckToken.none();
            }
            held = batch.token();
            return holding ? AckToken.none() : batch.token();
        }

        @Override
        public AckToken drain() {
            events.add("drain " + shard);
            return held;
        }

        @Override
        public void abandon() {
            events.add("abandon " + shard);
        }
    }

    @Test
    void offersEveryRecordOnceAndInOrder() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c", "d", "e");
        consumer.start();
        consumer.runUntilIdle();
        put(HashKey.MIN, "f");
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void checkpointsWhatIsAcknowledgedAndNothingElse() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c");
        holding = true;
        consumer.start();
        consumer.runUntilIdle();
        assertThat(consumer.checkpoint(FIRST)).isEmpty();
        holding = false;
        put(HashKey.MIN, "d");
        consumer.runUntilIdle();
        assertThat(consumer.checkpoint(FIRST)).contains(last(FIRST));
        assertThat(streams.log().of(Effect.Checkpoint.class)).hasSize(1);
    }

    @Test
    void readsAgainAfterACrashWhatWasNotCheckpointed() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b");
        consumer.start();
        consumer.runUntilIdle();
        holding = true;
        put(HashKey.MIN, "c", "d", "e");
        consumer.runUntilIdle();
        consumer.crash();
        assertThat(events).doesNotContain("drain " + FIRST, "abandon " + FIRST);
        handled.clear();
        consumer.start();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("c", "d", "e");
    }

    @Test
    void losesTheCheckpointsThatAreHeldInACrash() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b");
        consumer.holdCheckpoints();
        consumer.start();
        consumer.runUntilIdle();
        consumer.crash();
        consumer.resumeCheckpoints();
        consumer.start();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "a", "b");
        assertThat(consumer.checkpoint(FIRST)).contains(last(FIRST));
    }

    @Test
    void drainsAndCheckpointsWhenItCloses() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c");
        holding = true;
        consumer.start();
        consumer.runUntilIdle();
        consumer.close();
        consumer.close();
        assertThat(events).containsExactly("open " + FIRST, "drain " + FIRST);
        assertThat(consumer.checkpoint(FIRST)).contains(last(FIRST));
        assertThat(consumer.health().up()).isFalse();
        assertThatThrownBy(consumer::runUntilIdle).isInstanceOf(IllegalStateException.class);
        handled.clear();
        consumer.start();
        assertThat(consumer.health().up()).isTrue();
        consumer.runUntilIdle();
        assertThat(handled).isEmpty();
    }

    @Test
    void offersABatchAgainUntilTheHandlerTakesIt() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c");
        failures.add(new TransientFailure("once"));
        failures.add(new TransientFailure("twice"));
        consumer.start();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "c");
    }

    @Test
    void throwsWhatAHandlerThrowsForEverButSkipsNothing() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c");
        TransientFailure third = new TransientFailure("third");
        failures.addAll(
                List.of(new TransientFailure("first"), new TransientFailure("second"), third));
        consumer.start();
        assertThatThrownBy(consumer::runUntilIdle).isSameAs(third);
        assertThat(consumer.checkpoint(FIRST)).isEmpty();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "c");
    }

    @Test
    void readsChildrenAfterTheirParentIsDrained() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b", "c");
        List<ShardId> children = streams.split(STREAM, FIRST);
        put(HashKey.MIN, "low");
        put(HashKey.MAX, "high");
        holding = true;
        consumer.start();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "c", "low", "high");
        assertThat(events)
                .containsExactly(
                        "open " + FIRST,
                        "drain " + FIRST,
                        "open " + children.get(0),
                        "open " + children.get(1));
        assertThat(streams.log().lines())
                .containsSubsequence("put raw " + FIRST, "shard end raw " + FIRST);
    }

    @Test
    void readsAMergedShardAfterBothParents() {
        streams.create(STREAM, 2);
        put(HashKey.MIN, "low");
        put(HashKey.MAX, "high");
        ShardId child = streams.merge(STREAM, FIRST, new ShardId("shardId-000000000001"));
        put(HashKey.MIN, "merged");
        consumer.start();
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("low", "high", "merged");
        assertThat(events).last().isEqualTo("open " + child);
    }

    @Test
    void doesNotEndAShardThatIsNotAcknowledged() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a");
        streams.split(STREAM, FIRST);
        put(HashKey.MIN, "child");
        MemoryConsumer forgetful =
                new MemoryConsumer(
                        streams,
                        STREAM,
                        _ ->
                                batch -> {
                                    batch.records().forEach(r -> handled.add(text(r)));
                                    return AckToken.none();
                                });
        forgetful.start();
        assertThatThrownBy(forgetful::runUntilIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FIRST.value());
        assertThat(handled).containsExactly("a");
    }

    @Test
    void refusesTheTokenOfARecordThatWasNeverGiven() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a");
        MemoryConsumer eager =
                new MemoryConsumer(
                        streams, STREAM, _ -> batch -> AckToken.upTo(SequenceNumber.of("99")));
        eager.start();
        assertThatThrownBy(eager::runUntilIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("99");
    }

    @Test
    void startsANewHandlerAfterTheCheckpointWhenALeaseMoves() {
        streams.create(STREAM, 1);
        put(HashKey.MIN, "a", "b");
        consumer.start();
        consumer.runUntilIdle();
        holding = true;
        put(HashKey.MIN, "c");
        consumer.runUntilIdle();
        consumer.loseLease(FIRST);
        consumer.runUntilIdle();
        assertThat(handled).containsExactly("a", "b", "c", "c");
        assertThat(events).containsExactly("open " + FIRST, "abandon " + FIRST, "open " + FIRST);
    }

    @Test
    void sharesTheShardsWithAnotherWorker() {
        streams.create(STREAM, 4);
        List<String> others = new ArrayList<>();
        MemoryConsumer other =
                new MemoryConsumer(
                        streams,
                        STREAM,
                        _ ->
                                batch -> {
                                    batch.records().forEach(r -> others.add(text(r)));
                                    return batch.token();
                                },
                        leases,
                        2,
                        3);
        consumer.start();
        consumer.runUntilIdle();
        other.start();
        streams.openShards(STREAM).forEach(s -> put(s.range().first(), s.id().value()));
        consumer.runUntilIdle();
        assertThat(handled).hasSize(2);
        other.runUntilIdle();
        assertThat(others).hasSize(2).doesNotContainAnyElementsOf(handled);
        assertThat(events.stream().filter(e -> e.startsWith("abandon"))).hasSize(2);
        other.close();
        streams.openShards(STREAM).forEach(s -> put(s.range().first(), s.id().value()));
        consumer.runUntilIdle();
        assertThat(handled).hasSize(6);
    }

    @Test
    void ticksIdleShards() {
        streams.create(STREAM, 2);
        consumer.start();
        consumer.tick();
        assertThat(events).contains("tick shardId-000000000000", "tick shardId-000000000001");
    }

    private SequenceNumber last(ShardId shard) {
        return streams.records(STREAM, shard).getLast().sequence();
    }

    private void put(HashKey key, String... texts) {
        for (String text : texts) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            streams.put(STREAM, List.of(new OutgoingRecord(key, data)));
        }
    }

    private static String text(StreamRecord record) {
        return new String(record.data(), StandardCharsets.UTF_8);
    }
}
