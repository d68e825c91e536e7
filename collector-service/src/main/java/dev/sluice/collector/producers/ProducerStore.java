package dev.sluice.collector.producers;

/// Where the keys are kept. Every call throws {@link dev.sluice.runtime.failure.TransientFailure}
/// when the store cannot be reached, and {@link dev.sluice.runtime.failure.SetupFailure} when it is
/// not there, refuses, or holds what is no key.
public interface ProducerStore extends ProducerSource {

    /// Adds a key, or replaces it.
    void put(ProducerKey key);

    /// Removes a key, if it is there.
    void remove(KeyHash key);
}
