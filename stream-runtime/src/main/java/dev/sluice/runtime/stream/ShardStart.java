package dev.sluice.runtime.stream;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Where the reading of a shard begins.
///
/// @param range of the hash keys whose records lie on the shard
/// @param checkpoint the last record that is acknowledged for good; null when none is, and then the
///     shard is read from its oldest record
/// @param parents the shards it came from by a split or a merge; all of theirs was acknowledged.
///     None for a shard that was there first, or whose parents nobody remembers
public record ShardStart(
        StreamName stream,
        ShardId shard,
        HashRange range,
        @Nullable SequenceNumber checkpoint,
        List<ShardId> parents) {

    public ShardStart {
        parents = List.copyOf(parents);
    }
}
