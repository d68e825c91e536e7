package dev.sluice.loader.pause;

import java.util.Optional;

/// Whether the loads into one warehouse are paused; it outlives every task. Files are published and
/// queued meanwhile.
///
/// Every method throws [dev.sluice.runtime.failure.TransientFailure] if the flag cannot be reached
/// now and [dev.sluice.runtime.failure.SetupFailure] if its table is missing or refuses.
public interface PauseFlag {

    /// The pause there is.
    Optional<LoadPause> read();

    /// Pauses loads; one that is paused already stays as it was, by whom and since when.
    ///
    /// @return the pause that holds
    LoadPause pause(LoadPause wanted);

    /// @return the pause that is over; empty if there was none
    Optional<LoadPause> resume();
}
