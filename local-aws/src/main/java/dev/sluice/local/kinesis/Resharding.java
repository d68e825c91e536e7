package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/// Splits, merges and uniform scaling as functions from one manifest to the next.
///
/// Scaling takes the service's way: open shards are first split at the boundaries of the new
/// uniform ranges, then the pieces of each range are merged, so that every shard has at most two
/// parents.
final class Resharding {

    private Resharding() {}

    static StreamManifest split(
            StreamManifest stream, ShardManifest parent, BigInteger at, long nowMillis) {
        HashRange range = rangeOf(parent);
        long moment = Math.max(nowMillis, parent.createdMillis() + 1);
        ShardManifest lower =
                child(stream.nextShard(), range.below(at), parent.index(), null, moment);
        ShardManifest upper =
                child(stream.nextShard() + 1, range.from(at), parent.index(), null, moment);
        return stream.resharded(List.of(parent.index()), List.of(lower, upper), moment);
    }

    /// @param joined the range of both together
    static StreamManifest merge(
            StreamManifest stream,
            ShardManifest parent,
            ShardManifest adjacent,
            HashRange joined,
            long nowMillis) {
        long moment =
                Math.max(nowMillis, Math.max(parent.createdMillis(), adjacent.createdMillis()) + 1);
        ShardManifest child =
                child(stream.nextShard(), joined, parent.index(), adjacent.index(), moment);
        return stream.resharded(List.of(parent.index(), adjacent.index()), List.of(child), moment);
    }

    static StreamManifest scale(StreamManifest stream, int target, long nowMillis) {
        List<HashRange> ranges = HashRange.uniform(target);
        StreamManifest next = stream;
        for (HashRange range : ranges) {
            for (ShardManifest shard : open(next)) {
                HashRange held = rangeOf(shard);
                if (held.contains(range.start()) && !held.start().equals(range.start())) {
                    next = split(next, shard, range.start(), nowMillis);
                }
            }
        }
        for (HashRange range : ranges) {
            List<ShardManifest> pieces = piecesOf(next, range);
            while (pieces.size() > 1) {
                ShardManifest first = pieces.get(0);
                ShardManifest second = pieces.get(1);
                HashRange joined = rangeOf(first).joined(rangeOf(second));
                next = merge(next, first, second, joined, nowMillis);
                pieces = piecesOf(next, range);
            }
        }
        return next;
    }

    private static List<ShardManifest> piecesOf(StreamManifest stream, HashRange range) {
        return open(stream).stream().filter(s -> range.contains(s.startingHashKey())).toList();
    }

    private static List<ShardManifest> open(StreamManifest stream) {
        return stream.shards().stream()
                .filter(s -> s.closedMillis() == null)
                .sorted(Comparator.comparing(ShardManifest::startingHashKey))
                .toList();
    }

    private static HashRange rangeOf(ShardManifest shard) {
        return new HashRange(shard.startingHashKey(), shard.endingHashKey());
    }

    private static ShardManifest child(
            int index,
            HashRange range,
            Integer parent,
            @Nullable Integer adjacent,
            long createdMillis) {
        return new ShardManifest(
                index, range.start(), range.end(), parent, adjacent, createdMillis, null);
    }
}
