package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The whole way over the real protocol, through the SDK's client, to a server that goes away.
class KinesisIT {

    private static final String EVENT = "{\"event_type\":\"a\",\"event_id\":\"%s\"}";

    @TempDir private Path data;

    @Test
    void storesEventsInKinesisAndGetsOverItsAbsence() {
        KinesisServer server = KinesisServer.start(KinesisServerConfig.in(data));
        int port = server.endpoint().getPort();
        try (RunningCollector collector =
                RunningCollector.start(
                        application -> {},
                        "spring.cloud.aws.endpoint=" + server.endpoint(),
                        "sluice.collector.stream.time-limit=2s",
                        "resilience4j.circuitbreaker.instances.raw-stream.wait-duration-in-open-state=1s")) {
            assertThat(collector.post(EVENT.formatted("early")).status()).isEqualTo(503);
            KinesisAsyncClient kinesis = collector.bean(KinesisAsyncClient.class);
            kinesis.createStream(stream -> stream.streamName(Streams.RAW).shardCount(2)).join();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> collector.post(EVENT.formatted("first")).status() == 200);
            assertThat(stored(kinesis)).contains("first");

            server.close();
            assertThat(collector.post(EVENT.formatted("away")).status()).isEqualTo(503);
            server = KinesisServer.start(KinesisServerConfig.in(data).withPort(port));

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> collector.post(EVENT.formatted("back")).status() == 200);
            assertThat(stored(kinesis)).contains("first", "back");
        } finally {
            server.close();
        }
    }

    private static List<String> stored(KinesisAsyncClient kinesis) {
        List<byte[]> records = new ArrayList<>();
        for (Shard shard :
                kinesis.listShards(list -> list.streamName(Streams.RAW)).join().shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    start ->
                                            start.streamName(Streams.RAW)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .join()
                            .shardIterator();
            for (Record record :
                    kinesis.getRecords(get -> get.shardIterator(iterator)).join().records()) {
                records.add(record.data().asByteArray());
            }
        }
        return StoredEvents.ofRecords(records).ids();
    }
}
