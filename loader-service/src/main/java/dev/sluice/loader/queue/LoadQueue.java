package dev.sluice.loader.queue;

/// Files that wait for the warehouse.
public interface LoadQueue {

    /// Adds a file. Adding it again changes nothing, whether it still waits or is loaded already.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the queue cannot be reached now
    void add(LoadFile file);
}
