package dev.sluice.runtime.stream;

import dev.sluice.runtime.health.HealthSource;

/// Reads every shard of a stream together with the other tasks of the same application.
public interface StreamConsumer extends HealthSource, AutoCloseable {

    /// Starts to take leases and to read; returns at once.
    void start();

    /// Stops reading, drains every handler, checkpoints, releases the leases. Blocks until that is
    /// done or the configured time is over. Safe to call twice.
    @Override
    void close();
}
