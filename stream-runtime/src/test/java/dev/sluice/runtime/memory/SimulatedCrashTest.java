package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class SimulatedCrashTest {

    private static final StreamName IN = new StreamName("in");
    private static final StreamName OUT = new StreamName("out");
    private static final byte[] DATA = {7};

    private final EffectLog log = new EffectLog();
    private final MemoryStreams streams = new MemoryStreams(InstantSource.system(), log);
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", InstantSource.system(), log);

    @BeforeEach
    void createStreams() {
        streams.create(IN, 1);
        streams.create(OUT, 1);
    }

    @Test
    void comesAfterTheEffectAndStopsEverythingUntilTheNextProcess() {
        log.dieAfter(2);
        put(IN);
        assertThatThrownBy(() -> put(IN)).isInstanceOf(SimulatedCrash.class);

        assertThat(log.dead()).isTrue();
        assertThatThrownBy(() -> put(IN)).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> streams.openShards(IN)).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> objects.read("a")).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> objects.list("a")).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> objects.delete("a")).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(objects.begin("a")::publish).isInstanceOf(SimulatedCrash.class);
        assertThat(streams.records(IN)).as("the last effect took place").hasSize(2);
        log.revive();
        put(IN);
        assertThat(streams.records(IN)).hasSize(3);
    }

    @Test
    void passesThroughAPublisher() {
        StreamPublisher<byte[]> publisher =
                new StreamPublisher<>(
                        streams,
                        OUT,
                        values -> values,
                        PublisherConfig.defaults(),
                        new SimpleMeterRegistry());
        log.dieAfter(1);

        assertThatThrownBy(() -> publisher.publish(List.of(new Keyed<>(HashKey.MIN, DATA))))
                .isInstanceOf(SimulatedCrash.class);
        assertThat(streams.records(OUT)).hasSize(1);
    }

    @Test
    void passesThroughAConsumerWhichDoesNotTryAgain() {
        put(IN);
        AtomicInteger offered = new AtomicInteger();
        MemoryConsumer consumer =
                consumer(
                        start ->
                                batch -> {
                                    offered.incrementAndGet();
                                    put(OUT);
                                    return batch.token();
                                });
        log.dieAfter(1);

        assertThatThrownBy(consumer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
        assertThat(offered).hasValue(1);
        assertThat(log.of(Effect.Checkpoint.class)).isEmpty();
    }

    @Test
    void leavesNoCheckpointOfAHandlerThatTookItForAFailure() {
        put(IN);
        MemoryConsumer consumer =
                consumer(
                        start ->
                                batch -> {
                                    try {
                                        put(OUT);
                                    } catch (SimulatedCrash swallowed) {
                                        return batch.token();
                                    }
                                    return batch.token();
                                });
        log.dieAfter(1);

        assertThatThrownBy(consumer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
        consumer.crash();
        log.revive();
        consumer.start();
        consumer.runUntilIdle();
        assertThat(streams.records(OUT)).hasSize(2);
    }

    @Test
    void theLoopFindsAProcessThatDoesSomethingTwice() {
        assertThatThrownBy(() -> CrashAfterEachEffect.once(Forgetful::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("died after effect 1");
    }

    private MemoryConsumer consumer(ShardHandlerFactory handlers) {
        MemoryConsumer consumer = new MemoryConsumer(streams, IN, handlers, 10, 5);
        consumer.start();
        return consumer;
    }

    private void put(StreamName stream) {
        put(streams, stream);
    }

    private static void put(MemoryStreams streams, StreamName stream) {
        streams.put(stream, List.of(new OutgoingRecord(HashKey.MIN, DATA)));
    }

    /// Puts a record and, in its next life, does not know that it did.
    private static final class Forgetful implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryStreams streams = new MemoryStreams(InstantSource.system(), log);

        Forgetful() {
            streams.create(OUT, 1);
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            put(streams, OUT);
        }

        @Override
        public void crash() {}

        @Override
        public Object outcome() {
            return streams.records(OUT).size();
        }
    }
}
