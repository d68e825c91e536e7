package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseCoordinator;
import software.amazon.kinesis.leases.exceptions.LeasingException;

import java.util.List;

/// A lease of a running scheduler, as it was when it was taken.
record TakenLease(Lease taken, Held held, Table table) implements ShardLease {

    /// The leases that this worker holds at this moment.
    @FunctionalInterface
    interface Held {
        @Nullable Lease get(String key);
    }

    /// The leases of all workers.
    @FunctionalInterface
    interface Table {
        @Nullable Lease get(String key) throws LeasingException;
    }

    static TakenLease of(Lease taken, LeaseCoordinator coordinator) {
        return new TakenLease(
                taken,
                coordinator::getCurrentlyHeldLease,
                key -> coordinator.leaseRefresher().getLease(key));
    }

    @Override
    public boolean isHeld() {
        Lease now = held.get(taken.leaseKey());
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

    /// The library keeps a parent's lease until its children have checkpoints. One that never had a
    /// lease was gone from the stream before the application first read it.
    @Override
    public List<ShardId> parents() {
        return taken.parentShardIds().stream()
                .filter(this::wasRead)
                .sorted()
                .map(ShardId::new)
                .toList();
    }

    private boolean wasRead(String parent) {
        try {
            return table.get(parent) != null;
        } catch (LeasingException e) {
            throw new TransientFailure(
                    "lease of %s, parent of %s: %s"
                            .formatted(parent, taken.leaseKey(), Failure.rootCause(e)),
                    e);
        }
    }
}
