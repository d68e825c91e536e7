package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.Poll;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// What must hold for records: routing, order, sequence numbers, iterators, limits of size.
interface RecordContract {

    KinesisClient client();

    KinesisAsyncClient asyncClient();

    default Probe probe() {
        return new Probe(client());
    }

    @Test
    default void givesBackWhatWasPut() {
        String stream = probe().stream(1);
        byte[] data = new byte[] {0, -1, 127, -128, 10, 34};
        Instant before = Instant.now().minusSeconds(1);
        client().putRecord(
                        b ->
                                b.streamName(stream)
                                        .partitionKey("schlüssel ☃")
                                        .data(SdkBytes.fromByteArray(data)));
        Record record = probe().readAll(probe().horizon(stream, "shardId-000000000000")).getFirst();
        assertThat(record.data().asByteArray()).isEqualTo(data);
        assertThat(record.partitionKey()).isEqualTo("schlüssel ☃");
        assertThat(record.approximateArrivalTimestamp())
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    default void routesByTheMd5OfThePartitionKey() {
        String stream = probe().stream(4);
        List<Shard> shards = probe().shards(stream);
        for (int i = 0; i < 20; i++) {
            String key = "key-" + i;
            String shardId = probe().put(stream, key, "v").shardId();
            assertThat(rangeHolds(shards, shardId, HashKey.of(key))).isTrue();
        }
    }

    private static boolean rangeHolds(List<Shard> shards, String id, BigInteger key) {
        Shard shard = shards.stream().filter(s -> s.shardId().equals(id)).findFirst().orElseThrow();
        return key.compareTo(new BigInteger(shard.hashKeyRange().startingHashKey())) >= 0
                && key.compareTo(new BigInteger(shard.hashKeyRange().endingHashKey())) <= 0;
    }

    @Test
    default void prefersTheExplicitHashKey() {
        String stream = probe().stream(4);
        for (Shard shard : probe().shards(stream)) {
            String end = shard.hashKeyRange().endingHashKey();
            assertThat(
                            client().putRecord(
                                            b ->
                                                    b.streamName(stream)
                                                            .partitionKey("same")
                                                            .explicitHashKey(end)
                                                            .data(SdkBytes.fromUtf8String("v")))
                                    .shardId())
                    .isEqualTo(shard.shardId());
        }
    }

    @Test
    default void keepsTheOrderOfAShardWithRisingSequenceNumbers() {
        String stream = probe().stream(1);
        List<String> sent = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                sent.add("v-" + call + "-" + i);
                entries.add(Probe.entry("k" + i, sent.getLast()));
            }
            client().putRecords(b -> b.streamName(stream).records(entries));
        }
        List<Record> read = probe().readAll(probe().horizon(stream, "shardId-000000000000"));
        assertThat(read).extracting(r -> r.data().asUtf8String()).isEqualTo(sent);
        for (int i = 1; i < read.size(); i++) {
            assertThat(new BigInteger(read.get(i).sequenceNumber()))
                    .isGreaterThan(new BigInteger(read.get(i - 1).sequenceNumber()));
        }
        assertThat(read).allMatch(r -> r.sequenceNumber().length() == 56);
    }

    @Test
    default void answersEachRecordOfABatchInItsPlace() {
        String stream = probe().stream(3);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 50).mapToObj(i -> Probe.entry("k" + i, "v" + i)).toList();
        PutRecordsResponse answer = client().putRecords(b -> b.streamName(stream).records(entries));
        assertThat(answer.failedRecordCount()).isZero();
        for (int i = 0; i < entries.size(); i++) {
            var put = answer.records().get(i);
            String at =
                    probe().iterator(
                                    stream,
                                    put.shardId(),
                                    b ->
                                            b.shardIteratorType("AT_SEQUENCE_NUMBER")
                                                    .startingSequenceNumber(put.sequenceNumber()));
            assertThat(
                            client().getRecords(b -> b.shardIterator(at).limit(1))
                                    .records()
                                    .getFirst()
                                    .data()
                                    .asUtf8String())
                    .isEqualTo("v" + i);
        }
    }

    @Test
    default void startsWhereTheIteratorSays() {
        String stream = probe().stream(1);
        String shard = "shardId-000000000000";
        probe().put(stream, "k", "1");
        String second = probe().put(stream, "k", "2").sequenceNumber();
        String latest = probe().iterator(stream, shard, b -> b.shardIteratorType("LATEST"));
        probe().put(stream, "k", "3");
        assertThat(probe().texts(probe().horizon(stream, shard))).containsExactly("1", "2", "3");
        assertThat(probe().texts(latest)).containsExactly("3");
        assertThat(probe().texts(bySequence(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, second)))
                .containsExactly("2", "3");
        assertThat(
                        probe().texts(
                                        bySequence(
                                                stream,
                                                ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                                                second)))
                .containsExactly("3");
        String start = probe().onlyShard(stream).sequenceNumberRange().startingSequenceNumber();
        assertThat(probe().texts(bySequence(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, start)))
                .containsExactly("1", "2", "3");
    }

    private String bySequence(String stream, ShardIteratorType type, String number) {
        return probe().iterator(
                        stream,
                        "shardId-000000000000",
                        b -> b.shardIteratorType(type).startingSequenceNumber(number));
    }

    @Test
    default void startsAtATimestamp() {
        String stream = probe().stream(1);
        String shard = "shardId-000000000000";
        probe().put(stream, "k", "1");
        Instant first =
                probe().readAll(probe().horizon(stream, shard))
                        .getFirst()
                        .approximateArrivalTimestamp();
        Poll.until(() -> Instant.now().isAfter(first.plusMillis(5)), "time passes");
        probe().put(stream, "k", "2");
        assertThat(probe().texts(at(stream, first))).containsExactly("1", "2");
        assertThat(probe().texts(at(stream, first.plusMillis(2)))).containsExactly("2");
        assertThat(probe().texts(at(stream, first.minus(Duration.ofHours(1)))))
                .containsExactly("1", "2");
    }

    private String at(String stream, Instant time) {
        return probe().iterator(
                        stream,
                        "shardId-000000000000",
                        b -> b.shardIteratorType("AT_TIMESTAMP").timestamp(time));
    }

    @Test
    default void readsInStepsAndTellsHowFarBehind() {
        String stream = probe().stream(1);
        for (int i = 0; i < 5; i++) {
            probe().put(stream, "k", "v" + i);
        }
        String iterator = probe().horizon(stream, "shardId-000000000000");
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String from = iterator;
            var answer = client().getRecords(b -> b.shardIterator(from).limit(1));
            assertThat(answer.records()).hasSize(1);
            read.add(answer.records().getFirst().data().asUtf8String());
            iterator = answer.nextShardIterator();
        }
        assertThat(read).containsExactly("v0", "v1", "v2", "v3", "v4");
        var tip = probe().get(iterator);
        assertThat(tip.records()).isEmpty();
        assertThat(tip.millisBehindLatest()).isZero();
        assertThat(tip.nextShardIterator()).isNotNull();
    }

    @Test
    default void saysItIsBehindWhileRecordsAreLeft() {
        String stream = probe().stream(1);
        probe().put(stream, "k", "1");
        probe().put(stream, "k", "2");
        String iterator = probe().horizon(stream, "shardId-000000000000");
        assertThat(
                        client().getRecords(b -> b.shardIterator(iterator).limit(1))
                                .millisBehindLatest())
                .isPositive();
    }

    @Test
    default void takesManyCallsAtOnce() {
        String stream = probe().stream(2);
        List<CompletableFuture<PutRecordsResponse>> calls = new ArrayList<>();
        for (int call = 0; call < 8; call++) {
            int number = call;
            List<PutRecordsRequestEntry> entries =
                    IntStream.range(0, 20)
                            .mapToObj(i -> Probe.entry("k" + i, number + "-" + i))
                            .toList();
            calls.add(asyncClient().putRecords(b -> b.streamName(stream).records(entries)));
        }
        calls.forEach(c -> assertThat(c.join().failedRecordCount()).isZero());
        List<String> read = new ArrayList<>();
        probe().shards(stream)
                .forEach(s -> read.addAll(probe().texts(probe().horizon(stream, s.shardId()))));
        assertThat(read).hasSize(160).doesNotHaveDuplicates();
    }

    @Test
    default void refusesWhatIsTooLargeOrMissing() {
        String stream = probe().stream(1);
        assertThatExceptionOfType(KinesisException.class)
                .as("empty partition key")
                .isThrownBy(() -> probe().put(stream, "", "v"))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
        assertThatExceptionOfType(KinesisException.class)
                .as("long partition key")
                .isThrownBy(() -> probe().put(stream, "k".repeat(257), "v"))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .as("hash key beyond 2^128")
                .isThrownBy(
                        () ->
                                client().putRecord(
                                                b ->
                                                        b.streamName(stream)
                                                                .partitionKey("k")
                                                                .explicitHashKey(
                                                                        BigInteger.TWO
                                                                                .pow(128)
                                                                                .toString())
                                                                .data(
                                                                        SdkBytes.fromUtf8String(
                                                                                "v"))));
        assertThat(probe().texts(probe().horizon(stream, "shardId-000000000000"))).isEmpty();
    }

    @Test
    default void takes500RecordsAtOnceAndNoMore() {
        String stream = probe().stream(1);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 500).mapToObj(i -> Probe.entry("k" + i, "v" + i)).toList();
        client().putRecords(b -> b.streamName(stream).records(entries));
        assertThat(probe().readAll(probe().horizon(stream, "shardId-000000000000"))).hasSize(500);
    }

    @Test
    default void refusesMoreThan500Records() {
        String stream = probe().stream(1);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 501).mapToObj(i -> Probe.entry("k" + i, "v")).toList();
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> client().putRecords(b -> b.streamName(stream).records(entries)))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
        assertThat(probe().texts(probe().horizon(stream, "shardId-000000000000"))).isEmpty();
    }

    @Test
    default void refusesAnIteratorItNeverGave() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> probe().get("bm8gaXRlcmF0b3I="));
    }

    @Test
    default void refusesAShardItDoesNotHave() {
        String stream = probe().stream(1);
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> probe().horizon(stream, "shardId-000000000009"));
    }

    @Test
    default void refusesASequenceNumberOfAnotherShard() {
        String stream = probe().stream(1);
        probe().put(stream, "k", "v");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> bySequence(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, "17"));
    }

    @Test
    default void refusesATimeToCome() {
        String stream = probe().stream(1);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> at(stream, Instant.now().plus(Duration.ofHours(1))));
    }
}
