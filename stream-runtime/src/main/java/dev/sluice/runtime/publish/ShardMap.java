package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// Which open shard holds which part of the hash space. Immutable; the shards are sorted and cover
/// the whole space without gap or overlap.
public final class ShardMap {

    private final List<OpenShard> shards;

    private ShardMap(List<OpenShard> shards) {
        this.shards = shards;
    }

    /// @param shards the open shards, in any order
    /// @throws TransientFailure if they leave a gap or overlap, as a listing taken in the middle of
    ///     a split or merge may; listing again later helps
    public static ShardMap of(StreamName stream, List<OpenShard> shards) {
        List<OpenShard> sorted =
                shards.stream()
                        .sorted(Comparator.comparing((OpenShard shard) -> shard.range().first()))
                        .toList();
        @Nullable HashKey expected = HashKey.MIN;
        for (OpenShard shard : sorted) {
            if (expected == null || !shard.range().first().equals(expected)) {
                throw new TransientFailure(
                        "stream %s: open shards do not cover the hash space once at shard %s"
                                .formatted(stream, shard.id()));
            }
            expected = shard.range().last().next();
        }
        if (expected != null) {
            throw new TransientFailure(
                    "stream %s: no open shard holds hash keys from %s on"
                            .formatted(stream, expected));
        }
        return new ShardMap(sorted);
    }

    /// The shard whose range holds the key.
    public OpenShard shardOf(HashKey key) {
        int low = 0;
        int high = shards.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (shards.get(middle).range().last().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return shards.get(low);
    }

    /// The open shards in the order of their hash ranges.
    public List<OpenShard> shards() {
        return shards;
    }

    @Override
    public String toString() {
        return "ShardMap[" + shards.size() + " shards]";
    }
}
