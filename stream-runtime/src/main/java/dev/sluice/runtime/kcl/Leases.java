package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.ShardId;

import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseCoordinator;

/// Gives the lease that this worker holds of a shard at this moment.
///
/// The library tells a processor of a lost lease only after its call has returned, so a processor
/// that waits inside a call must be able to look for itself.
@FunctionalInterface
interface Leases {

    ShardLease current(ShardId shard);

    /// The leases of a running scheduler. Its concurrency token changes with every tenure.
    static Leases of(LeaseCoordinator coordinator) {
        return shard -> {
            Lease taken = coordinator.getCurrentlyHeldLease(shard.value());
            if (taken == null) {
                return () -> false;
            }
            return TakenLease.of(taken, coordinator);
        };
    }
}
