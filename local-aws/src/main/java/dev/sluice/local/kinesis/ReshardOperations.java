package dev.sluice.local.kinesis;

import java.math.BigInteger;

/// SplitShard, MergeShards and UpdateShardCount.
final class ReshardOperations {

    private final StreamDirectory streams;

    ReshardOperations(StreamDirectory streams) {
        this.streams = streams;
    }

    Reply splitShard(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        String id = call.parameters().requiredText("ShardToSplit");
        BigInteger at =
                call.parameters()
                        .hashKey("NewStartingHashKey")
                        .orElseThrow(
                                () -> KinesisError.constraint("NewStartingHashKey", "not be null"));
        stream.change(
                manifest -> {
                    Shard shard = openShard(stream, id);
                    HashRange range = shard.range();
                    if (at.compareTo(range.start().add(BigInteger.ONE)) <= 0
                            || at.compareTo(range.end()) >= 0) {
                        throw KinesisError.invalidArgument(
                                "NewStartingHashKey "
                                        + at
                                        + " used in SplitShard() on shard "
                                        + shard.id()
                                        + " in stream "
                                        + stream.name()
                                        + " is not both greater than one plus the shard's"
                                        + " StartingHashKey "
                                        + range.start()
                                        + " and less than the shard's EndingHashKey "
                                        + range.end()
                                        + ".");
                    }
                    requireRoom(stream, 1);
                    return Resharding.split(manifest, shard.manifest(), at, call.nowMillis());
                });
        return Reply.EMPTY;
    }

    Reply mergeShards(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        String id = call.parameters().requiredText("ShardToMerge");
        String adjacentId = call.parameters().requiredText("AdjacentShardToMerge");
        stream.change(
                manifest -> {
                    Shard shard = openShard(stream, id);
                    Shard adjacent = openShard(stream, adjacentId);
                    return Resharding.merge(
                            manifest,
                            shard.manifest(),
                            adjacent.manifest(),
                            joined(stream, shard, adjacent),
                            call.nowMillis());
                });
        return Reply.EMPTY;
    }

    /// The service takes the shard with the lower range first.
    private static HashRange joined(KinesisStream stream, Shard shard, Shard adjacent) {
        if (shard.range().endsBefore(adjacent.range())) {
            return shard.range().joined(adjacent.range());
        }
        throw KinesisError.invalidArgument(
                "Shards "
                        + shard.id()
                        + " and "
                        + adjacent.id()
                        + " in stream "
                        + stream.name()
                        + " are not an adjacent pair of shards eligible for merging.");
    }

    Reply updateShardCount(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        int target = call.parameters().requiredInteger("TargetShardCount", 1, Integer.MAX_VALUE);
        String scaling = call.parameters().requiredText("ScalingType");
        if (!scaling.equals("UNIFORM_SCALING")) {
            throw KinesisError.constraint(
                    "ScalingType", "satisfy enum value set: [UNIFORM_SCALING]");
        }
        int[] before = new int[1];
        stream.change(
                manifest -> {
                    before[0] = stream.shards().open().size();
                    requireScalable(stream, before[0], target);
                    return Resharding.scale(manifest, target, call.nowMillis());
                });
        return out ->
                out.string("StreamName", stream.name())
                        .number("CurrentShardCount", before[0])
                        .number("TargetShardCount", target)
                        .string("StreamARN", streams.arn(stream.name()));
    }

    private void requireScalable(KinesisStream stream, int current, int target) {
        String counts =
                " Stream: "
                        + stream.name()
                        + ". Current open shard count: "
                        + current
                        + ". Target shard count: "
                        + target
                        + ".";
        if (stream.manifest().mode() == StreamManifest.Mode.ON_DEMAND) {
            throw KinesisError.invalidArgument(
                    "UpdateShardCount is for streams in provisioned mode." + counts);
        }
        if (target > 2L * current) {
            throw KinesisError.invalidArgument(
                    "UpdateShardCount cannot scale up over double your current open shard count."
                            + counts);
        }
        if (2L * target < current) {
            throw KinesisError.invalidArgument(
                    "UpdateShardCount cannot scale down below half your current open shard count."
                            + counts);
        }
        requireRoom(stream, target - current);
    }

    private void requireRoom(KinesisStream stream, int more) {
        if (streams.catalogue().openShards() + more > StreamOperations.SHARD_LIMIT) {
            throw KinesisError.limitExceeded(
                    "Stream "
                            + stream.name()
                            + " would exceed the limit of "
                            + StreamOperations.SHARD_LIMIT
                            + " shards.");
        }
    }

    private Shard openShard(KinesisStream stream, String id) {
        Shard shard = streams.shard(stream, id);
        if (!shard.isOpen()) {
            throw KinesisError.invalidArgument(
                    "Shard "
                            + shard.id()
                            + " in stream "
                            + stream.name()
                            + " is closed and cannot be split or merged.");
        }
        return shard;
    }
}
