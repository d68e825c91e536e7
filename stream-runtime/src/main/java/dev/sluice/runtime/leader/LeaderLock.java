package dev.sluice.runtime.leader;

import java.util.Optional;

/// One task's hold on the lock that makes a leader.
///
/// A leader that stops claiming loses the lock a lease time later, to whichever other task claims
/// it; with [#release()] at once. Used by one thread at a time.
///
/// Both methods throw [dev.sluice.runtime.failure.TransientFailure] if the lock cannot be reached
/// now and [dev.sluice.runtime.failure.SetupFailure] if it is not there or refuses.
public interface LeaderLock {

    /// Becomes the leader, or stays it for another lease time and with the same token.
    ///
    /// @return empty while another task is the leader
    Optional<Leadership> claim();

    /// Gives the lock up, if this task has it.
    void release();
}
