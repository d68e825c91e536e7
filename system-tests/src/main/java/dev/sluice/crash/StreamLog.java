package dev.sluice.crash;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Everything that is on a stream, from its beginning: parents before children.
final class StreamLog {

    private static final int MOST_RECORDS = 1_000;

    private final KinesisClient kinesis;
    private final FrameDecoder frames = new FrameDecoder(FrameLimits.DEFAULT);

    StreamLog(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    /// An event where it lies.
    ///
    /// @param receivedTs when the collector had it
    /// @param misplaced whether the shard is not the one its partition key hashes to: it was under
    ///     way when the shard was split or merged
    record Entry(
            String eventId, Instant receivedTs, String shard, String sequence, boolean misplaced) {}

    /// Hands over every event of the stream; within a shard in order.
    void read(String stream, Consumer<Entry> entries) {
        List<Shard> shards =
                kinesis.listShards(request -> request.streamName(stream)).shards().stream()
                        // A child's number is higher than its parents'.
                        .sorted(Comparator.comparing(Shard::shardId))
                        .toList();
        shards.forEach(shard -> read(stream, shard, entries));
    }

    private void read(String stream, Shard shard, Consumer<Entry> entries) {
        HashRange range =
                new HashRange(
                        HashKey.ofDecimal(shard.hashKeyRange().startingHashKey()),
                        HashKey.ofDecimal(shard.hashKeyRange().endingHashKey()));
        String iterator =
                kinesis.getShardIterator(
                                request ->
                                        request.streamName(stream)
                                                .shardId(shard.shardId())
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        while (iterator != null) {
            String from = iterator;
            GetRecordsResponse answer =
                    kinesis.getRecords(r -> r.shardIterator(from).limit(MOST_RECORDS));
            answer.records().forEach(found -> hand(found, shard.shardId(), range, entries));
            boolean atTheEnd = answer.records().isEmpty() && answer.millisBehindLatest() == 0;
            iterator = atTheEnd ? null : answer.nextShardIterator();
        }
    }

    private void hand(Record found, String shard, HashRange range, Consumer<Entry> entries) {
        if (frames.decode(found.data().asByteArray()) instanceof Frame.Readable frame) {
            for (SectionedEvent event : frame.events()) {
                Receipt receipt = Receipt.decode(event.receipt());
                entries.accept(
                        new Entry(
                                receipt.eventId().value(),
                                receipt.receivedTs(),
                                shard,
                                found.sequenceNumber(),
                                !range.contains(HashKey.of(receipt.partitionKey()))));
            }
        }
    }
}
