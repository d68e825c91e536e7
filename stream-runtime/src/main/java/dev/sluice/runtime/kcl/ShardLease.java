package dev.sluice.runtime.kcl;

/// The one tenure of a lease under which a shard is read.
@FunctionalInterface
interface ShardLease {

    /// Whether this worker holds it still. A lease that was lost and taken again is another tenure.
    boolean held();
}
