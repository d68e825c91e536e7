package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamClientKit;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class KinesisStreamClientIT extends StreamClientKit {

    private static KinesisServer server;
    private static KinesisAsyncClient puts;
    private static KinesisAsyncClient others;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = KinesisServer.start(KinesisServerConfig.in(directory));
        puts = LocalClients.kinesis(server.endpoint(), false);
        others = LocalClients.kinesis(server.endpoint(), true);
    }

    @AfterAll
    static void stop() {
        puts.close();
        others.close();
        server.close();
    }

    @AfterEach
    void heal() {
        server.faults().clear();
    }

    @Override
    protected StreamClient client() {
        return new KinesisStreamClient(puts, others);
    }

    @Override
    protected void create(StreamName stream, int shards) {
        others.createStream(r -> r.streamName(stream.value()).shardCount(shards)).join();
        awaitActive(stream);
    }

    @Override
    protected void split(StreamName stream, ShardId shard) {
        Shard parent =
                others.listShards(r -> r.streamName(stream.value())).join().shards().stream()
                        .filter(candidate -> candidate.shardId().equals(shard.value()))
                        .findFirst()
                        .orElseThrow();
        HashKey last = HashKey.ofDecimal(parent.hashKeyRange().endingHashKey());
        HashKey middle = new HashKey(last.high() >>> 1, last.low());
        others.splitShard(
                        r ->
                                r.streamName(stream.value())
                                        .shardToSplit(shard.value())
                                        .newStartingHashKey(middle.toDecimal()))
                .join();
        awaitActive(stream);
    }

    @Override
    protected void merge(StreamName stream, ShardId lower, ShardId upper) {
        others.mergeShards(
                        r ->
                                r.streamName(stream.value())
                                        .shardToMerge(lower.value())
                                        .adjacentShardToMerge(upper.value()))
                .join();
        awaitActive(stream);
    }

    @Override
    protected List<byte[]> read(StreamName stream, ShardId shard) {
        List<byte[]> records = new ArrayList<>();
        String iterator =
                others.getShardIterator(
                                r ->
                                        r.streamName(stream.value())
                                                .shardId(shard.value())
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .join()
                        .shardIterator();
        while (iterator != null) {
            String from = iterator;
            GetRecordsResponse page = others.getRecords(r -> r.shardIterator(from)).join();
            page.records().forEach(record -> records.add(record.data().asByteArray()));
            iterator =
                    page.records().isEmpty() && page.millisBehindLatest() == 0
                            ? null
                            : page.nextShardIterator();
        }
        return records;
    }

    @Override
    protected void failNextRecordOf(StreamName stream, ShardId shard) {
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Throttle())
                                .onOperation("PutRecords")
                                .onStream(stream.value())
                                .onShard(shard.value())
                                .times(1));
    }

    @Override
    protected void loseNextAnswer(StreamName stream) {
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.DropAnswer())
                                .onOperation("PutRecords")
                                .onStream(stream.value())
                                .times(1));
    }

    @Test
    void listsMoreShardsThanFitAPage() {
        StreamName stream = new StreamName("wide");
        create(stream, 1100);
        assertThat(client().openShards(stream)).hasSize(1100);
    }

    @Test
    void saysItMayWorkLaterWhenTheServiceFailsOrIsAway() {
        StreamName stream = new StreamName("failing");
        create(stream, 1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onStream("failing"));
        assertThatThrownBy(() -> client().openShards(stream))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream failing");
        try (KinesisAsyncClient away =
                LocalClients.kinesis(URI.create("http://127.0.0.1:1"), false)) {
            StreamClient unreachable = new KinesisStreamClient(away, away);
            assertThatThrownBy(() -> unreachable.openShards(stream))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("stream failing");
        }
    }

    @Test
    void carriesAPublisherThroughThrottlingErrorsLostAnswersAndASplit() {
        StreamName stream = new StreamName("stormy");
        create(stream, 2);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.FailRecords(1))
                                .onStream("stormy")
                                .withProbability(0.2));
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onOperation("PutRecords")
                                .onStream("stormy")
                                .withProbability(0.1));
        loseNextAnswer(stream);
        StreamPublisher<String> publisher =
                new StreamPublisher<>(
                        client(),
                        stream,
                        values -> values.stream().map(KinesisStreamClientIT::bytes).toList(),
                        PublisherConfig.defaults(),
                        new SimpleMeterRegistry());
        for (int batch = 0; batch < 10; batch++) {
            if (batch == 5) {
                split(stream, new ShardId("shardId-000000000000"));
            }
            int number = batch;
            publisher.publish(
                    List.of("a", "b", "c", "d", "e").stream()
                            .map(key -> new Keyed<>(HashKey.of(key), key + number))
                            .toList());
        }
        List<String> stored = new ArrayList<>();
        others.listShards(r -> r.streamName("stormy"))
                .join()
                .shards()
                .forEach(
                        shard ->
                                read(stream, new ShardId(shard.shardId())).stream()
                                        .map(data -> new String(data, StandardCharsets.UTF_8))
                                        .forEach(stored::add));
        for (String key : List.of("a", "b", "c", "d", "e")) {
            assertThat(stored.stream().filter(value -> value.startsWith(key)).distinct())
                    .containsExactlyInAnyOrder(
                            key + 0, key + 1, key + 2, key + 3, key + 4, key + 5, key + 6, key + 7,
                            key + 8, key + 9);
        }
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitActive(StreamName stream) {
        others.waiter().waitUntilStreamExists(r -> r.streamName(stream.value())).join();
    }
}
