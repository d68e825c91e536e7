package dev.sluice.runtime.memory;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lease table of one application on one stream: who reads which shard, and how far it got.
/// Shared by the consumers that are its workers; outlives them. Thread-safe.
public final class MemoryLeases {

    private final Set<Object> workers = new LinkedHashSet<>();
    private final Map<ShardId, Object> owners = new HashMap<>();
    private final Map<ShardId, SequenceNumber> checkpoints = new HashMap<>();
    private final Set<ShardId> ended = new HashSet<>();

    synchronized void join(Object worker) {
        workers.add(worker);
    }

    /// Frees what the worker held.
    synchronized void leave(Object worker) {
        workers.remove(worker);
        owners.values().removeIf(owner -> owner == worker);
    }

    /// The shards that the worker is to read now: those it has and free ones, up to its fair share.
    /// A shard is free for reading when its parents have ended.
    ///
    /// @param shards all of the stream, parents before children
    synchronized List<ShardId> claim(Object worker, List<MemoryShard> shards) {
        List<ShardId> readable =
                shards.stream()
                        .filter(shard -> ended.containsAll(shard.parents()))
                        .map(MemoryShard::id)
                        .filter(shard -> !ended.contains(shard))
                        .toList();
        int share = Math.ceilDiv(readable.size(), Math.max(1, workers.size()));
        List<ShardId> claimed = new ArrayList<>();
        for (ShardId shard : readable) {
            if (owners.get(shard) == worker && claimed.size() < share) {
                claimed.add(shard);
            } else {
                owners.remove(shard, worker);
            }
        }
        for (ShardId shard : readable) {
            if (claimed.size() < share && owners.putIfAbsent(shard, worker) == null) {
                claimed.add(shard);
            }
        }
        return claimed;
    }

    synchronized void checkpoint(ShardId shard, SequenceNumber sequence) {
        checkpoints.put(shard, sequence);
    }

    /// The last record that is acknowledged for good; null if none is.
    synchronized @Nullable SequenceNumber checkpoint(ShardId shard) {
        return checkpoints.get(shard);
    }

    synchronized void end(ShardId shard) {
        ended.add(shard);
        owners.remove(shard);
    }
}
