package dev.sluice.collector.warmup;

import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import java.util.List;

/// Takes everything and keeps nothing.
public final class NowhereStream implements StreamClient {

    private static final ShardId SHARD = new ShardId("shardId-000000000000");

    @Override
    public List<OpenShard> openShards(StreamName stream) {
        return List.of(new OpenShard(SHARD, HashRange.ALL));
    }

    @Override
    public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
        return records.stream()
                .<PutResult>map(each -> new PutResult.Stored(SHARD, SequenceNumber.of("1")))
                .toList();
    }
}
