package dev.sluice.runtime.memory;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import java.util.List;

/// A shard as it is now.
///
/// @param parents none, the one it was split from, or the two it was merged from
/// @param open whether it takes records
public record MemoryShard(ShardId id, HashRange range, List<ShardId> parents, boolean open) {

    public MemoryShard {
        parents = List.copyOf(parents);
    }
}
