package dev.sluice.runtime.health;

/// A part that knows whether it works.
@FunctionalInterface
public interface HealthSource {

    /// Cheap and never blocking.
    HealthReport health();
}
