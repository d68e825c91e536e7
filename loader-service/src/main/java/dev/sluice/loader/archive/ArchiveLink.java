package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What an archive object follows. Sequence numbers have gaps of their own, so this alone tells
/// that none is missing.
///
/// @param range of the shard's hash keys
/// @param after the frame of the shard before the object's first; null if that is the shard's first
/// @param parents of the shard, by a split or a merge
public record ArchiveLink(
        ShardId shard, HashRange range, @Nullable SequenceNumber after, List<ShardId> parents) {

    public ArchiveLink {
        parents = List.copyOf(parents);
    }
}
