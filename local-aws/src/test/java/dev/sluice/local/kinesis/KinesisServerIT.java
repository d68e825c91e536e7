package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What our server does beyond the contract: time, limits, restarts, sizes.
final class KinesisServerIT {

    private static final String SHARD = "shardId-000000000000";

    @TempDir Path data;

    private final ManualClock clock = new ManualClock();
    private KinesisServer server;
    private KinesisClient client;
    private Probe probe;

    @BeforeEach
    void start() {
        start(KinesisServerConfig.in(data));
    }

    private void start(KinesisServerConfig config) {
        server = KinesisServer.start(config.withClock(clock));
        client = Clients.sync(server.endpoint());
        probe = new Probe(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void restart(KinesisServerConfig config) {
        stop();
        start(config);
    }

    private KinesisClient client() {
        return client;
    }

    @Test
    void keepsEverythingAcrossARestart() {
        String stream = probe.stream(2);
        client().addTagsToStream(b -> b.streamName(stream).tags(Map.of("team", "data")));
        client().mergeShards(
                        b ->
                                b.streamName(stream)
                                        .shardToMerge(SHARD)
                                        .adjacentShardToMerge("shardId-000000000001"));
        probe.put(stream, "k", "1");
        String iterator = probe.horizon(stream, "shardId-000000000002");
        String number = probe.put(stream, "k", "2").sequenceNumber();
        var shards = probe.shards(stream);
        restart(KinesisServerConfig.in(data));
        assertThat(probe.shards(stream)).isEqualTo(shards);
        assertThat(probe.texts(iterator)).containsExactly("1", "2");
        assertThat(client().listTagsForStream(b -> b.streamName(stream)).tags()).hasSize(1);
        assertThat(probe.put(stream, "k", "3").sequenceNumber()).isGreaterThan(number);
    }

    @Test
    void lendsItsDataToOneServerOnly() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KinesisServer.start(KinesisServerConfig.in(data)))
                .withMessageContaining(data.toString());
    }

    @Test
    void closesTwiceWithoutHarm() {
        server.close();
        server.close();
    }

    @Test
    void letsIteratorsExpireAfterFiveMinutes() {
        String stream = probe.stream(1);
        String iterator = probe.horizon(stream, SHARD);
        clock.advance(Duration.ofMinutes(5));
        String next = probe.get(iterator).nextShardIterator();
        clock.advance(Duration.ofMillis(1));
        assertThatExceptionOfType(ExpiredIteratorException.class)
                .isThrownBy(() -> probe.get(iterator))
                .withMessageContaining(stream);
        assertThat(probe.get(next).records()).isEmpty();
    }

    @Test
    void forgetsRecordsAfterRetention() {
        String stream = probe.stream(1);
        probe.put(stream, "k", "old");
        clock.advance(Duration.ofHours(20));
        probe.put(stream, "k", "new");
        clock.advance(Duration.ofHours(5));
        assertThat(probe.texts(probe.horizon(stream, SHARD))).containsExactly("new");
        server.expire();
        clock.advance(Duration.ofHours(20));
        server.expire();
        assertThat(probe.texts(probe.horizon(stream, SHARD))).isEmpty();
        probe.put(stream, "k", "newest");
        assertThat(probe.texts(probe.horizon(stream, SHARD))).containsExactly("newest");
    }

    @Test
    void forgetsClosedShardsAfterRetention() {
        String stream = probe.stream(1);
        client().updateShardCount(
                        b ->
                                b.streamName(stream)
                                        .targetShardCount(2)
                                        .scalingType("UNIFORM_SCALING"));
        String iterator = probe.horizon(stream, SHARD);
        clock.advance(Duration.ofHours(25));
        server.expire();
        assertThat(probe.shards(stream))
                .extracting(s -> s.shardId())
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> probe.get(iterator));
    }

    @Test
    void findsTheShardsOfATime() {
        String stream = probe.stream(1);
        clock.advance(Duration.ofMinutes(1));
        Instant before = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        client().updateShardCount(
                        b ->
                                b.streamName(stream)
                                        .targetShardCount(2)
                                        .scalingType("UNIFORM_SCALING"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(shardsAt(stream, ShardFilterType.AT_TIMESTAMP, before)).isEqualTo(1);
        assertThat(shardsAt(stream, ShardFilterType.FROM_TIMESTAMP, before)).isEqualTo(3);
        assertThat(shardsAt(stream, ShardFilterType.AT_TIMESTAMP, clock.instant())).isEqualTo(2);
        assertThat(shardsAt(stream, ShardFilterType.FROM_TIMESTAMP, clock.instant())).isEqualTo(2);
    }

    private int shardsAt(String stream, ShardFilterType type, Instant time) {
        return client().listShards(
                        b -> b.streamName(stream).shardFilter(f -> f.type(type).timestamp(time)))
                .shards()
                .size();
    }

    @Test
    void takesRecordsUpToOneMebibyte() {
        String stream = probe.stream(1);
        probe.put(stream, "k", "x".repeat((1 << 20) - 1));
        assertThat(probe.texts(probe.horizon(stream, SHARD)).getFirst()).hasSize((1 << 20) - 1);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> probe.put(stream, "k", "x".repeat(1 << 20)))
                .withMessageContaining(stream);
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> probe.put(stream, "k", "x".repeat((1 << 20) + 1)))
                .withMessageContaining("data")
                .withMessageContaining(stream);
    }

    @Test
    void takesTenMebibytesInOneCallAndGivesThemBack() {
        String stream = probe.stream(1);
        String large = "x".repeat((1 << 20) - 10);
        List<PutRecordsRequestEntry> ten =
                IntStream.range(0, 10).mapToObj(i -> Probe.entry("k" + i, large)).toList();
        client().putRecords(b -> b.streamName(stream).records(ten));
        assertThat(probe.get(probe.horizon(stream, SHARD)).records()).hasSize(10);
        List<PutRecordsRequestEntry> eleven =
                IntStream.range(0, 11).mapToObj(i -> Probe.entry("k" + i, large)).toList();
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> client().putRecords(b -> b.streamName(stream).records(eleven)))
                .withMessageContaining("10 MB");
        client().putRecords(b -> b.streamName(stream).records(ten));
        var first = probe.get(probe.horizon(stream, SHARD));
        assertThat(first.records()).hasSize(10);
        assertThat(probe.get(first.nextShardIterator()).records()).hasSize(10);
    }

    @Test
    void enforcesWriteLimitsRecordByRecordWhenAsked() {
        restart(KinesisServerConfig.in(data).withLimitsEnforced(true));
        String stream = probe.stream(1);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 5)
                        .mapToObj(i -> Probe.entry("k", i + "x".repeat(300_000)))
                        .toList();
        var answer = client().putRecords(b -> b.streamName(stream).records(entries));
        assertThat(answer.failedRecordCount()).isEqualTo(2);
        assertThat(answer.records())
                .extracting(r -> r.errorCode())
                .containsExactly(
                        null,
                        null,
                        null,
                        "ProvisionedThroughputExceededException",
                        "ProvisionedThroughputExceededException");
        assertThat(answer.records().getLast().errorMessage()).contains(stream, SHARD);
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> probe.put(stream, "k", "x".repeat(200_000)));
        clock.advance(Duration.ofSeconds(1));
        probe.put(stream, "k", "x".repeat(200_000));
        assertThat(probe.readAll(probe.horizon(stream, SHARD))).hasSize(4);
    }

    @Test
    void enforcesReadLimitsWhenAsked() {
        restart(KinesisServerConfig.in(data).withLimitsEnforced(true));
        String stream = probe.stream(1);
        String iterator = probe.horizon(stream, SHARD);
        for (int i = 0; i < 5; i++) {
            probe.get(iterator);
        }
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> probe.get(iterator))
                .withMessageContaining(SHARD);
        clock.advance(Duration.ofMillis(200));
        assertThat(probe.get(iterator).records()).isEmpty();
    }

    @Test
    void makesAReaderPayForALargeRead() {
        restart(KinesisServerConfig.in(data).withLimitsEnforced(true));
        String stream = probe.stream(1);
        for (int i = 0; i < 5; i++) {
            probe.put(stream, "k", "x".repeat(1_000_000));
            clock.advance(Duration.ofSeconds(1));
        }
        String iterator = probe.horizon(stream, SHARD);
        assertThat(probe.get(iterator).records()).hasSize(5);
        clock.advance(Duration.ofSeconds(1));
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> probe.get(iterator));
        clock.advance(Duration.ofSeconds(1));
        assertThat(probe.get(iterator).records()).hasSize(5);
    }

    @Test
    void tellsAStreamFromItsSuccessor() {
        String stream = probe.stream(1);
        String old = probe.horizon(stream, SHARD);
        client().deleteStream(b -> b.streamName(stream));
        client().createStream(b -> b.streamName(stream).shardCount(1));
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> probe.get(old));
    }

    @Test
    void refusesEnhancedFanOutClearly() {
        String stream = probe.stream(1);
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(
                        () ->
                                client().registerStreamConsumer(
                                                b -> b.streamARN(arn).consumerName("c")))
                .withMessageContaining("Enhanced fan-out")
                .withMessageContaining(stream);
        assertThat(client().listStreamConsumers(b -> b.streamARN(arn)).consumers()).isEmpty();
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(
                        () ->
                                client().describeStreamConsumer(
                                                b -> b.streamARN(arn).consumerName("c")));
    }

    @Test
    void refusesOperationsItDoesNotHave() {
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/any";
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> client().getResourcePolicy(b -> b.resourceARN(arn)))
                .withMessageContaining("GetResourcePolicy")
                .satisfies(
                        e ->
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("UnknownOperationException"));
    }

    @Test
    void namesStreamAndParameterInErrors() {
        String stream = probe.stream(1);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(
                        () ->
                                client().increaseStreamRetentionPeriod(
                                                b -> b.streamName(stream).retentionPeriodHours(9)))
                .withMessageContaining(stream)
                .withMessageContaining("RetentionPeriodHours");
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(
                        () ->
                                client().putRecord(
                                                b ->
                                                        b.streamName(stream)
                                                                .data(
                                                                        SdkBytes.fromUtf8String(
                                                                                "v"))))
                .withMessageContaining("partitionKey");
    }
}
