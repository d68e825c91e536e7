package dev.sluice.runtime.leader;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A lock with a lease. Another task's lease is over when its record has not changed for the lease
/// time by this task's own clock, so the clocks of two machines need not agree (the record version
/// number of Amazon's DynamoDB Lock Client).
public final class LeaseLock implements LeaderLock {

    /// A record as it was first seen.
    private record Watched(LockRecord record, Instant since) {}

    private final LockRecords records;
    private final String owner;
    private final Duration lease;
    private final InstantSource clock;
    private @Nullable Watched watched;

    /// @param owner one process, never two over time: a restarted one is another
    public LeaseLock(LockRecords records, String owner, Duration lease, InstantSource clock) {
        this.records = records;
        this.owner = owner;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public Optional<Leadership> claim() {
        Instant now = clock.instant();
        LockRecord seen = records.read().orElse(null);
        LockRecord next = claimed(seen, now);
        if (next == null) {
            return Optional.empty();
        }
        if (records.replace(seen, next)) {
            watched = null;
            return Optional.of(new Leadership(next.fence(), now.plus(lease)));
        }
        return records.read()
                .filter(this::isMine)
                .map(mine -> new Leadership(mine.fence(), now.plus(lease)));
    }

    @Override
    public void release() {
        records.read()
                .filter(this::isMine)
                .ifPresent(mine -> records.replace(mine, mine.givenUp()));
    }

    /// The record that makes this task the leader; null while another one is.
    private @Nullable LockRecord claimed(@Nullable LockRecord seen, Instant now) {
        if (seen == null) {
            return LockRecord.first(owner, now);
        }
        if (isMine(seen)) {
            return seen.renewed();
        }
        return seen.released() || isOver(seen, now) ? seen.takenBy(owner, now) : null;
    }

    private boolean isMine(LockRecord record) {
        return record.owner().equals(owner) && !record.released();
    }

    private boolean isOver(LockRecord seen, Instant now) {
        if (watched == null || !watched.record().equals(seen)) {
            watched = new Watched(seen, now);
            return false;
        }
        return !now.isBefore(watched.since().plus(lease));
    }
}
