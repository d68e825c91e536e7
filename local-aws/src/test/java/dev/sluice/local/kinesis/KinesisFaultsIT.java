package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Faults on request, as a client meets them.
final class KinesisFaultsIT {

    private static final String SHARD = "shardId-000000000000";
    private static final String OTHER = "shardId-000000000001";

    private KinesisServer server;
    private KinesisClient client;
    private Probe probe;

    @BeforeEach
    void start(@TempDir Path data) {
        server = KinesisServer.start(KinesisServerConfig.in(data));
        client = Clients.sync(server.endpoint());
        probe = new Probe(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private PutRecordsResponse putTwenty(String stream) {
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 20).mapToObj(i -> Probe.entry("k" + i, "v" + i)).toList();
        return client.putRecords(b -> b.streamName(stream).records(entries));
    }

    private long written(String stream) {
        return probe.shards(stream).stream()
                .mapToLong(s -> probe.readAll(probe.horizon(stream, s.shardId())).size())
                .sum();
    }

    @Test
    void throttlesOneShardOfABatch() {
        String stream = probe.stream(2);
        server.faults().add(FaultRule.always(new FaultAction.Throttle()).onShard(SHARD));
        PutRecordsResponse answer = putTwenty(stream);
        assertThat(answer.failedRecordCount()).isBetween(1, 19);
        assertThat(answer.records())
                .filteredOn(r -> r.errorCode() == null)
                .allMatch(r -> r.shardId().equals(OTHER));
        assertThat(answer.records())
                .filteredOn(r -> r.errorCode() != null)
                .allMatch(r -> r.errorCode().equals("ProvisionedThroughputExceededException"));
        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> probe.horizon(stream, SHARD));
        server.faults().clear();
        assertThat(written(stream)).isEqualTo(20 - answer.failedRecordCount());
    }

    @Test
    void failsSomeRecordsOfABatch() {
        String stream = probe.stream(1);
        server.faults().add(FaultRule.always(new FaultAction.FailRecords(7)).times(1));
        PutRecordsResponse answer = putTwenty(stream);
        assertThat(answer.failedRecordCount()).isEqualTo(7);
        assertThat(answer.records())
                .filteredOn(r -> "InternalFailure".equals(r.errorCode()))
                .hasSize(7);
        assertThat(putTwenty(stream).failedRecordCount()).isZero();
        assertThat(written(stream)).isEqualTo(33);
    }

    @Test
    void failsACallWithoutEffect() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onOperation("PutRecords")
                                .onStream(stream)
                                .times(1));
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> putTwenty(stream))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
        assertThat(written(stream)).isZero();
        assertThat(putTwenty(stream).failedRecordCount()).isZero();
    }

    @Test
    void failsWithAnyErrorOfTheService() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(400, "ExpiredIteratorException"))
                                .onOperation("GetRecords")
                                .onShard(SHARD));
        assertThatExceptionOfType(ExpiredIteratorException.class)
                .isThrownBy(() -> probe.get(probe.horizon(stream, SHARD)));
    }

    @Test
    void dropsTheAnswerAfterTheEffect() {
        String stream = probe.stream(1);
        server.faults().add(FaultRule.always(new FaultAction.DropAnswer()).times(1));
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> putTwenty(stream));
        assertThat(written(stream)).isEqualTo(20);
    }

    @Test
    void delaysTheAnswer() {
        String stream = probe.stream(1);
        server.faults()
                .add(FaultRule.always(new FaultAction.Delay(Duration.ofMillis(300))).times(1));
        long start = System.nanoTime();
        putTwenty(stream);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void strikesByChance() {
        String stream = probe.stream(1);
        server.faults()
                .add(
                        FaultRule.always(new FaultAction.Throttle())
                                .onOperation("PutRecords")
                                .withProbability(0.5));
        int failed = 0;
        for (int i = 0; i < 10; i++) {
            failed += putTwenty(stream).failedRecordCount();
        }
        assertThat(failed).isBetween(50, 150);
        assertThat(server.faults().strikes().getFirst().struck()).isEqualTo(failed);
    }

    @Test
    void movesArrivalTimesWithASkewedClockWhileSequenceNumbersRise() {
        String stream = probe.stream(1);
        FaultRule hour = FaultRule.always(new FaultAction.ClockSkew(Duration.ofHours(1)));
        put(stream, "before");
        server.faults().add(hour);
        put(stream, "ahead");
        server.faults().replace(List.of());
        server.faults().add(FaultRule.always(new FaultAction.ClockSkew(Duration.ofHours(-1))));
        put(stream, "behind");
        server.faults().clear();
        put(stream, "after");

        List<Record> records = probe.readAll(probe.horizon(stream, SHARD));
        assertThat(records)
                .extracting(r -> r.data().asUtf8String())
                .containsExactly("before", "ahead", "behind", "after");
        Instant now = Instant.now();
        assertThat(records)
                .extracting(r -> Duration.between(now, r.approximateArrivalTimestamp()).toMinutes())
                .satisfiesExactly(
                        before -> assertThat(before).isZero(),
                        ahead -> assertThat(ahead).isBetween(59L, 60L),
                        behind -> assertThat(behind).isBetween(-60L, -59L),
                        after -> assertThat(after).isZero());
        assertThat(records.stream().map(r -> new BigInteger(r.sequenceNumber())).toList())
                .isSorted();
    }

    @Test
    void storesNothingOfAPutThatFillsTheDiskAndHealsByItself(@TempDir Path data) {
        String stream;
        try (KinesisServer full = KinesisServer.start(KinesisServerConfig.in(data));
                KinesisClient to = Clients.sync(full.endpoint())) {
            stream = new Probe(to).stream(1);
            put(to, stream, "before");
            full.faults().add(FaultRule.always(new FaultAction.DiskFull()));
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(() -> put(to, stream, "lost"))
                    .satisfies(
                            e -> {
                                assertThat(e.statusCode()).isEqualTo(500);
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("InternalFailure");
                            });
            assertThat(to.putRecords(b -> b.streamName(stream).records(Probe.entry("k", "lost"))))
                    .satisfies(r -> assertThat(r.failedRecordCount()).isEqualTo(1));
            assertThat(texts(to, stream)).containsExactly("before");

            full.faults().clear();
            put(to, stream, "healed");
        }
        try (KinesisServer again = KinesisServer.start(KinesisServerConfig.in(data));
                KinesisClient to = Clients.sync(again.endpoint())) {
            assertThat(texts(to, stream)).containsExactly("before", "healed");
        }
    }

    @Test
    void refusesConnectionsWhileItIsAway() {
        String stream = probe.stream(1);
        server.goAway();
        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> put(stream, "refused"));
        server.comeBack();
        try (KinesisClient fresh = Clients.sync(server.endpoint())) {
            put(fresh, stream, "taken");
            assertThat(texts(fresh, stream)).containsExactly("taken");
        }
    }

    private void put(String stream, String text) {
        put(client, stream, text);
    }

    private static void put(KinesisClient to, String stream, String text) {
        to.putRecord(
                b -> b.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String(text)));
    }

    private static List<String> texts(KinesisClient of, String stream) {
        Probe its = new Probe(of);
        return its.readAll(its.horizon(stream, SHARD)).stream()
                .map(r -> r.data().asUtf8String())
                .toList();
    }
}
