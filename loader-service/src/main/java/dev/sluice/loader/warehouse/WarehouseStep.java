package dev.sluice.loader.warehouse;

import dev.sluice.loader.pause.LoadPause;

/// What one turn of the warehouse loop came to.
public sealed interface WarehouseStep {

    /// Another task is the leader, or took over meanwhile.
    record NotLeading() implements WarehouseStep {}

    /// Somebody has paused the loads.
    record Paused(LoadPause pause) implements WarehouseStep {}

    /// No file waits.
    record Idle() implements WarehouseStep {}

    /// Files were loaded and committed.
    ///
    /// @param more whether files waited with them that one batch does not take
    record Loaded(LoadBatch batch, LoadOutcome.Loaded counts, boolean more)
            implements WarehouseStep {}

    /// Files that were loaded before left the queue.
    record Tidied(int files) implements WarehouseStep {}

    /// A batch was refused; the next one is smaller.
    record Narrowed(int files, String why) implements WarehouseStep {}

    /// A single file was refused too often and does not block the others any more.
    record SetAside(String key, String why) implements WarehouseStep {}
}
