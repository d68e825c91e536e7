package dev.sluice.local.kinesis;

import java.time.Instant;

/// Which shards ListShards gives. Source: Kinesis API reference, `ShardFilter`.
///
/// @param shardIndex for AFTER_SHARD_ID, else -1
/// @param millis for the two timestamp types, else 0
record ShardFilter(Type type, int shardIndex, long millis) {

    static final ShardFilter ALL = new ShardFilter(Type.FROM_TRIM_HORIZON, -1, 0);

    enum Type {
        AFTER_SHARD_ID,
        AT_TRIM_HORIZON,
        FROM_TRIM_HORIZON,
        AT_LATEST,
        AT_TIMESTAMP,
        FROM_TIMESTAMP
    }

    static ShardFilter from(Parameters parameters) {
        String name = parameters.requiredText("Type");
        Type type;
        try {
            type = Type.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw KinesisError.constraint("shardFilter.type", "satisfy enum value set: " + name);
        }
        return switch (type) {
            case AFTER_SHARD_ID ->
                    new ShardFilter(type, shardIndex(parameters.requiredText("ShardId")), 0);
            case AT_TIMESTAMP, FROM_TIMESTAMP ->
                    new ShardFilter(
                            type,
                            -1,
                            parameters
                                    .instant("Timestamp")
                                    .map(Instant::toEpochMilli)
                                    .orElseThrow(
                                            () ->
                                                    KinesisError.invalidArgument(
                                                            "ShardFilter needs a Timestamp.")));
            case AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST -> new ShardFilter(type, -1, 0);
        };
    }

    static int shardIndex(String id) {
        return Shard.indexOf(id)
                .orElseThrow(() -> KinesisError.invalidArgument("Invalid shard id: " + id));
    }

    /// @param trimHorizon the later of the stream's creation and the reach of its retention
    boolean accepts(Shard shard, long trimHorizon) {
        return switch (type) {
            case AFTER_SHARD_ID -> shard.manifest().index() > shardIndex;
            case AT_TRIM_HORIZON -> shard.wasOpenAt(trimHorizon);
            case FROM_TRIM_HORIZON -> shard.endedAtOrAfter(trimHorizon);
            case AT_LATEST -> shard.isOpen();
            case AT_TIMESTAMP -> shard.wasOpenAt(Math.max(millis, trimHorizon));
            case FROM_TIMESTAMP -> shard.endedAtOrAfter(Math.max(millis, trimHorizon));
        };
    }
}
