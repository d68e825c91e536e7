package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import java.util.List;

/// The one tenure of a lease under which a shard is read.
@FunctionalInterface
interface ShardLease {

    /// Whether this worker holds it still. A lease that was lost and taken again is another tenure.
    boolean isHeld();

    /// The hash keys of the shard; all there are when the lease does not say.
    default HashRange range() {
        return HashRange.ALL;
    }

    /// The shards it came from, as far as this application has read them.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the lease table is out of reach
    default List<ShardId> parents() {
        return List.of();
    }
}
