package dev.sluice.fleet;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.HashMap;
import java.util.Map;

/// How far an application has acknowledged a stream, as its lease table has it.
public final class ArchiveLeases {

    /// Of the archivers.
    public static final String TABLE = "sluice-archive";

    private static final String SHARD = "leaseKey";
    private static final String CHECKPOINT = "checkpoint";

    private ArchiveLeases() {}

    /// The last frame of each shard that is acknowledged. Ended shards have none any more.
    ///
    /// @param table of the leases
    public static Map<ShardId, SequenceNumber> acknowledged(DynamoDbClient dynamo, String table) {
        Map<ShardId, SequenceNumber> acknowledged = new HashMap<>();
        dynamo.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(lease -> add(lease, acknowledged));
        return acknowledged;
    }

    private static void add(
            Map<String, AttributeValue> lease, Map<ShardId, SequenceNumber> acknowledged) {
        AttributeValue shard = lease.get(SHARD);
        AttributeValue checkpoint = lease.get(CHECKPOINT);
        if (shard != null && checkpoint != null && checkpoint.s().matches("\\d+")) {
            acknowledged.put(new ShardId(shard.s()), SequenceNumber.of(checkpoint.s()));
        }
    }
}
