package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseCoordinator;

import java.util.List;

/// A lease of a running scheduler, as it was when it was taken.
record TakenLease(LeaseCoordinator coordinator, Lease taken) implements ShardLease {

    @Override
    public boolean held() {
        Lease now = coordinator.getCurrentlyHeldLease(taken.leaseKey());
        return now != null && taken.concurrencyToken().equals(now.concurrencyToken());
    }

    /// Leases that an older library made may lack it.
    @Override
    public HashRange range() {
        HashKeyRangeForLease range = taken.hashKeyRangeForLease();
        return range == null
                ? HashRange.ALL
                : new HashRange(
                        HashKey.ofDecimal(range.serializedStartingHashKey()),
                        HashKey.ofDecimal(range.serializedEndingHashKey()));
    }

    @Override
    public List<ShardId> parents() {
        return taken.parentShardIds().stream().sorted().map(ShardId::new).toList();
    }
}
