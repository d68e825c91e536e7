package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// PutRecords and ListShards over the asynchronous client; the caller's thread, a virtual one as a
/// rule, waits for the answer.
public final class KinesisStreamClient implements StreamClient {

    /// The explicit hash key decides the shard, but the API wants a partition key, and counts it.
    private static final String PARTITION_KEY = "-";

    private final KinesisAsyncClient puts;
    private final KinesisAsyncClient listings;

    /// @param puts does not retry by itself: only what failed of a put is sent again, by the
    ///     publisher
    /// @param listings retries by itself
    public KinesisStreamClient(KinesisAsyncClient puts, KinesisAsyncClient listings) {
        this.puts = puts;
        this.listings = listings;
    }

    @Override
    public List<OpenShard> openShards(StreamName stream) {
        List<OpenShard> shards = new ArrayList<>();
        @Nullable String nextToken = null;
        do {
            ListShardsResponse page =
                    await(stream, listings.listShards(pageRequest(stream, nextToken)));
            page.shards().forEach(shard -> shards.add(openShard(shard)));
            nextToken = page.nextToken();
        } while (nextToken != null);
        shards.sort(Comparator.comparing(shard -> shard.range().first()));
        return shards;
    }

    @Override
    public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
        PutRecordsRequest request =
                PutRecordsRequest.builder()
                        .streamName(stream.value())
                        .records(records.stream().map(KinesisStreamClient::entry).toList())
                        .build();
        return await(stream, puts.putRecords(request)).records().stream()
                .map(KinesisStreamClient::result)
                .toList();
    }

    /// A request for a further page must not name the stream (ListShards, Kinesis API reference).
    private static ListShardsRequest pageRequest(StreamName stream, @Nullable String nextToken) {
        if (nextToken != null) {
            return ListShardsRequest.builder().nextToken(nextToken).build();
        }
        return ListShardsRequest.builder()
                .streamName(stream.value())
                .shardFilter(ShardFilter.builder().type(ShardFilterType.AT_LATEST).build())
                .build();
    }

    private static OpenShard openShard(Shard shard) {
        return new OpenShard(
                new ShardId(shard.shardId()),
                new HashRange(
                        HashKey.ofDecimal(shard.hashKeyRange().startingHashKey()),
                        HashKey.ofDecimal(shard.hashKeyRange().endingHashKey())));
    }

    private static PutRecordsRequestEntry entry(OutgoingRecord record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(PARTITION_KEY)
                .explicitHashKey(record.explicitHashKey().toDecimal())
                .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                .build();
    }

    private static PutResult result(PutRecordsResultEntry entry) {
        if (entry.errorCode() != null) {
            return new PutResult.Failed(entry.errorCode(), String.valueOf(entry.errorMessage()));
        }
        return new PutResult.Stored(
                new ShardId(entry.shardId()), SequenceNumber.of(entry.sequenceNumber()));
    }

    private static <T> T await(StreamName stream, CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw AwsFailures.of("stream " + stream, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TransientFailure("stream " + stream + ": interrupted while waiting", e);
        }
    }
}
