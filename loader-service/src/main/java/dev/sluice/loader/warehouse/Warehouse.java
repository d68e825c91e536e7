package dev.sluice.loader.warehouse;

/// Where rows are queried.
public interface Warehouse {

    /// Loads all files of a batch and writes them into the ledger, in one transaction, after every
    /// earlier load transaction has ended.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it was rolled back and may work later
    /// @throws dev.sluice.runtime.failure.SetupFailure if it was rolled back and cannot work until
    ///     somebody changes something
    /// @throws dev.sluice.runtime.failure.OutcomeUnknown if the answer to the commit was lost; the
    ///     same files offered again are either {@link LoadOutcome.LoadedBefore} or loaded
    LoadOutcome load(LoadBatch batch);
}
