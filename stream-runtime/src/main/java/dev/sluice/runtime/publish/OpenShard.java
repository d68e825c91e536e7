package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

/// A shard that takes records, and the part of the hash space that is its own.
public record OpenShard(ShardId id, HashRange range) {}
