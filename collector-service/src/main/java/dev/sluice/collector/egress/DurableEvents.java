package dev.sluice.collector.egress;

import dev.sluice.collector.process.door.AdmittedEvent;

import java.util.List;

/// What makes the events of one request durable. Thread-safe.
@FunctionalInterface
public interface DurableEvents {

    /// Returns when all of these events are durable.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if they are not now
    /// @throws dev.sluice.runtime.failure.SetupFailure if what should take them is not there
    void publish(List<AdmittedEvent> events);
}
