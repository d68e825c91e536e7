package dev.sluice.runtime.leader;

import java.time.Instant;

/// What is written about a lock.
///
/// @param owner one process, never two over time
/// @param fence of the owner
/// @param renewals how often the owner has claimed it again
/// @param released whether the owner gave it up
public record LockRecord(String owner, long fence, long renewals, boolean released) {

    /// The first token is the time, so that a lock whose record was lost does not start with tokens
    /// older than those the warehouse has seen.
    static LockRecord first(String owner, Instant now) {
        return new LockRecord(owner, now.toEpochMilli(), 0, false);
    }

    LockRecord renewed() {
        return new LockRecord(owner, fence, renewals + 1, false);
    }

    LockRecord takenBy(String next, Instant now) {
        return new LockRecord(next, Math.max(fence + 1, now.toEpochMilli()), 0, false);
    }

    LockRecord givenUp() {
        return new LockRecord(owner, fence, renewals + 1, true);
    }
}
