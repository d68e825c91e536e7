package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All shards of a stream at one moment, by index, and the way from a hash key to its open shard.
final class ShardMap {

    private final List<Shard> all;
    private final List<Shard> openByRange;

    ShardMap(List<Shard> shards) {
        this.all =
                shards.stream().sorted(Comparator.comparingInt(s -> s.manifest().index())).toList();
        this.openByRange =
                all.stream()
                        .filter(Shard::isOpen)
                        .sorted(Comparator.comparing(s -> s.range().start()))
                        .toList();
    }

    List<Shard> all() {
        return all;
    }

    /// The open shards in the order of their hash ranges, which have neither gap nor overlap.
    List<Shard> open() {
        return openByRange;
    }

    Optional<Shard> find(int index) {
        return all.stream().filter(s -> s.manifest().index() == index).findFirst();
    }

    List<Shard> childrenOf(Shard parent) {
        return all.stream().filter(s -> s.isChildOf(parent)).toList();
    }

    /// The open shard whose range holds the key.
    Shard route(BigInteger hashKey) {
        int low = 0;
        int high = openByRange.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (openByRange.get(middle).manifest().startingHashKey().compareTo(hashKey) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return openByRange.get(low);
    }
}
