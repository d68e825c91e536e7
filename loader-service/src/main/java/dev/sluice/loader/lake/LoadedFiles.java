package dev.sluice.loader.lake;

import java.time.Instant;
import java.util.List;

/// The files of events that are loaded, as the warehouse's ledger has them.
public interface LoadedFiles {

    /// A file in the ledger.
    ///
    /// @param key of the object
    /// @param loadedAt when its batch was loaded, which many have in common
    record Loaded(String key, long rows, Instant loadedAt) {}

    /// The files that come after a position, in the order of `loadedAt` and then key.
    ///
    /// @param afterKey among those of `at`; empty for all of them
    /// @param limit at least 1
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse cannot be asked now
    List<Loaded> after(Instant at, String afterKey, int limit);
}
