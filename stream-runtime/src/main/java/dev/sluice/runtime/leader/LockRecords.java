package dev.sluice.runtime.leader;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Where the record of one lock is kept. Both methods throw
/// [dev.sluice.runtime.failure.TransientFailure] or [dev.sluice.runtime.failure.SetupFailure].
public interface LockRecords {

    /// What was written last, by whomever.
    Optional<LockRecord> read();

    /// Writes a record if the last one is still the expected one.
    ///
    /// @param expected null if there must be none
    /// @return whether it was written; false also when it was, but the answer was lost on the way
    boolean replace(@Nullable LockRecord expected, LockRecord next);
}
