package dev.sluice.runtime.memory;

import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shards of one stream, open and closed, and what is in them.
final class ShardSet {

    private static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

    private static final class Shard {
        private final HashRange range;
        private final List<ShardId> parents;
        private final List<StreamRecord> records = new ArrayList<>();
        private boolean open = true;

        Shard(HashRange range, List<ShardId> parents) {
            this.range = range;
            this.parents = parents;
        }
    }

    private final Map<ShardId, Shard> shards = new LinkedHashMap<>();
    private long sequences;

    ShardSet(int count) {
        BigInteger parts = BigInteger.valueOf(count);
        for (int i = 0; i < count; i++) {
            BigInteger first = KEYS.multiply(BigInteger.valueOf(i)).divide(parts);
            BigInteger next = KEYS.multiply(BigInteger.valueOf(i + 1L)).divide(parts);
            add(first, next.subtract(BigInteger.ONE), List.of());
        }
    }

    List<ShardId> split(ShardId id) {
        Shard parent = close(id);
        BigInteger first = number(parent.range.first());
        BigInteger last = number(parent.range.last());
        BigInteger middle = first.add(last).shiftRight(1);
        return List.of(
                add(first, middle, List.of(id)),
                add(middle.add(BigInteger.ONE), last, List.of(id)));
    }

    ShardId merge(ShardId one, ShardId other) {
        if (existing(one).range.first().compareTo(existing(other).range.first()) > 0) {
            return merge(other, one);
        }
        BigInteger first = number(existing(one).range.first());
        BigInteger last = number(existing(other).range.last());
        BigInteger end = number(existing(one).range.last());
        BigInteger start = number(existing(other).range.first());
        if (!start.subtract(end).equals(BigInteger.ONE)) {
            throw new IllegalArgumentException(one + " does not end where " + other + " starts");
        }
        close(one);
        close(other);
        return add(first, last, List.of(one, other));
    }

    List<OpenShard> open() {
        return all().stream()
                .filter(MemoryShard::open)
                .map(shard -> new OpenShard(shard.id(), shard.range()))
                .sorted(Comparator.comparing(shard -> shard.range().first()))
                .toList();
    }

    List<MemoryShard> all() {
        return shards.entrySet().stream()
                .map(
                        entry -> {
                            Shard shard = entry.getValue();
                            return new MemoryShard(
                                    entry.getKey(), shard.range, shard.parents, shard.open);
                        })
                .toList();
    }

    ShardId shardOf(HashKey key) {
        return shards.entrySet().stream()
                .filter(entry -> entry.getValue().open && entry.getValue().range.contains(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    StreamRecord append(ShardId id, Instant arrivedAt, byte[] data) {
        SequenceNumber sequence = new SequenceNumber(BigInteger.valueOf(++sequences));
        StreamRecord record = new StreamRecord(sequence, arrivedAt, data);
        existing(id).records.add(record);
        return record;
    }

    List<StreamRecord> records(ShardId id) {
        return List.copyOf(existing(id).records);
    }

    /// The next records after one, at most so many.
    List<StreamRecord> read(ShardId id, @Nullable SequenceNumber after, int limit) {
        List<StreamRecord> records = existing(id).records;
        int low = 0;
        int high = after == null ? 0 : records.size();
        while (after != null && low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).sequence().compareTo(after) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return List.copyOf(records.subList(low, Math.min(records.size(), low + limit)));
    }

    boolean open(ShardId id) {
        return existing(id).open;
    }

    private ShardId add(BigInteger first, BigInteger last, List<ShardId> parents) {
        ShardId id = new ShardId("shardId-%012d".formatted(shards.size()));
        HashRange range = new HashRange(key(first), key(last));
        shards.put(id, new Shard(range, parents));
        return id;
    }

    private Shard close(ShardId id) {
        Shard shard = existing(id);
        if (!shard.open) {
            throw new IllegalArgumentException("shard is closed: " + id);
        }
        shard.open = false;
        return shard;
    }

    private Shard existing(ShardId id) {
        Shard shard = shards.get(id);
        if (shard == null) {
            throw new IllegalArgumentException("no such shard: " + id);
        }
        return shard;
    }

    private static BigInteger number(HashKey key) {
        return new BigInteger(key.toDecimal());
    }

    private static HashKey key(BigInteger number) {
        return HashKey.ofDecimal(number.toString());
    }
}
