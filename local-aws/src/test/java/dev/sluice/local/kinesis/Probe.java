package dev.sluice.local.kinesis;

import dev.sluice.local.Poll;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// What every contract case does with a client: make streams of its own, put, read, wait.
final class Probe {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final KinesisClient client;

    Probe(KinesisClient client) {
        this.client = client;
    }

    /// A new, active stream.
    String stream(int shards) {
        String name = "contract-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
        client.createStream(b -> b.streamName(name).shardCount(shards));
        awaitActive(name);
        return name;
    }

    void awaitActive(String stream) {
        Poll.until(() -> status(stream) == StreamStatus.ACTIVE, stream + " is active");
    }

    private StreamStatus status(String stream) {
        return client.describeStreamSummary(b -> b.streamName(stream))
                .streamDescriptionSummary()
                .streamStatus();
    }

    PutRecordResponse put(String stream, String key, String text) {
        return client.putRecord(
                b -> b.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(text)));
    }

    static PutRecordsRequestEntry entry(String key, String text) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromUtf8String(text))
                .build();
    }

    List<Shard> shards(String stream) {
        return client.listShards(b -> b.streamName(stream)).shards();
    }

    List<Shard> openShards(String stream) {
        return shards(stream).stream()
                .filter(s -> s.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    Shard onlyShard(String stream) {
        return shards(stream).getFirst();
    }

    String iterator(String stream, String shard, Consumer<GetShardIteratorRequest.Builder> more) {
        return client.getShardIterator(
                        b -> {
                            b.streamName(stream).shardId(shard);
                            more.accept(b);
                        })
                .shardIterator();
    }

    String horizon(String stream, String shard) {
        return iterator(stream, shard, b -> b.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    }

    GetRecordsResponse get(String iterator) {
        return client.getRecords(b -> b.shardIterator(iterator));
    }

    /// Everything from the iterator to the tip, or to the end of a closed shard.
    List<Record> readAll(String iterator) {
        List<Record> all = new ArrayList<>();
        String next = iterator;
        while (next != null) {
            GetRecordsResponse answer = get(next);
            all.addAll(answer.records());
            next = answer.nextShardIterator();
            if (answer.millisBehindLatest() == 0 && answer.records().isEmpty()) {
                break;
            }
        }
        return all;
    }

    List<String> texts(String iterator) {
        return readAll(iterator).stream().map(r -> r.data().asUtf8String()).toList();
    }
}
