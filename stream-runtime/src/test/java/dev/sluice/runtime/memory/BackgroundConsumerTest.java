package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamConsumer;
import dev.sluice.runtime.stream.StreamConsumerKit;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

class BackgroundConsumerTest extends StreamConsumerKit {

    private static final Duration REST = Duration.ofMillis(2);

    private final MemoryStreams streams = new MemoryStreams();
    private final Map<String, MemoryLeases> applications = new HashMap<>();

    @Override
    protected StreamName createStream(int shards) {
        StreamName stream = new StreamName("kit-" + UUID.randomUUID());
        streams.create(stream, shards);
        return stream;
    }

    @Override
    protected ShardId put(StreamName stream, HashKey key, byte[] data) {
        PutResult result = streams.put(stream, List.of(new OutgoingRecord(key, data))).getFirst();
        return ((PutResult.Stored) result).shard();
    }

    @Override
    protected void split(StreamName stream, ShardId parent) {
        streams.split(stream, parent);
    }

    @Override
    protected void merge(StreamName stream, ShardId lower, ShardId upper) {
        streams.merge(stream, lower, upper);
    }

    @Override
    protected StreamConsumer consumer(
            String application, String worker, StreamName stream, ShardHandlerFactory handlers) {
        MemoryLeases leases = applications.computeIfAbsent(application, a -> new MemoryLeases());
        return new BackgroundConsumer(
                new MemoryConsumer(streams, stream, handlers, leases, 7, 1), REST);
    }

    @Override
    protected void kill(StreamConsumer consumer) {
        ((BackgroundConsumer) consumer).crash();
    }

    @Test
    void saysWhyWhileAHandlerThrows() {
        StreamName stream = createStream(1);
        AtomicBoolean failing = new AtomicBoolean(true);
        StreamConsumer consumer =
                start(
                        "fails",
                        "one",
                        stream,
                        _ ->
                                batch -> {
                                    if (failing.get()) {
                                        throw new TransientFailure("table seen is away");
                                    }
                                    return batch.token();
                                });
        until(() -> !consumer.health().up());
        assertThat(consumer.health().why()).contains("table seen is away");
        failing.set(false);
        until(() -> consumer.health().up());
    }

    @Test
    void startsOnce() {
        StreamName stream = createStream(1);
        StreamConsumer consumer = start("once", "one", stream, _ -> b -> b.token());
        assertThatThrownBy(consumer::start).isInstanceOf(IllegalStateException.class);
    }
}
