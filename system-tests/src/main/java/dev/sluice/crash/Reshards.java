package dev.sluice.crash;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Splits and merges as an operator would, and waits while the stream is busy with the one before.
final class Reshards {

    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 500;

    private final KinesisClient kinesis;

    Reshards(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    /// @return what became of which shard
    String split(CrashAction.Split split) throws InterruptedException {
        List<Shard> open = open(split.stream());
        Shard shard = open.get(split.pick() % open.size());
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        String middle = first.add(last).shiftRight(1).add(BigInteger.ONE).toString();
        whenFree(
                () ->
                        kinesis.splitShard(
                                request ->
                                        request.streamName(split.stream())
                                                .shardToSplit(shard.shardId())
                                                .newStartingHashKey(middle)));
        return "split "
                + split.stream()
                + " "
                + shard.shardId()
                + ": "
                + (open.size() + 1)
                + " open";
    }

    /// @return what became of which shards
    String merge(CrashAction.Merge merge) throws InterruptedException {
        List<Shard> open = open(merge.stream());
        if (open.size() < 2) {
            throw new IllegalStateException(merge.stream() + " has one shard, nothing to merge");
        }
        int at = merge.pick() % (open.size() - 1);
        String lower = open.get(at).shardId();
        String upper = open.get(at + 1).shardId();
        whenFree(
                () ->
                        kinesis.mergeShards(
                                request ->
                                        request.streamName(merge.stream())
                                                .shardToMerge(lower)
                                                .adjacentShardToMerge(upper)));
        return "merge %s %s and %s: %d open"
                .formatted(merge.stream(), lower, upper, open.size() - 1);
    }

    /// One of the stream's open shards.
    String openShard(String stream, int pick) {
        List<Shard> open = open(stream);
        return open.get(pick % open.size()).shardId();
    }

    /// In the order of their hash ranges.
    private List<Shard> open(String stream) {
        return kinesis
                .listShards(
                        request ->
                                request.streamName(stream)
                                        .shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
                .shards()
                .stream()
                .sorted(
                        Comparator.comparing(
                                s -> new BigInteger(s.hashKeyRange().startingHashKey())))
                .toList();
    }

    private static void whenFree(Runnable reshard) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                reshard.run();
                return;
            } catch (ResourceInUseException | LimitExceededException e) {
                if (tries == TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
