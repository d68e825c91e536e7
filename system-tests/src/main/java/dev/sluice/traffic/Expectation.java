package dev.sluice.traffic;

import dev.sluice.contracts.rejection.RejectionReason;

/// What the fleet must make of an event, however often it is sent.
public sealed interface Expectation {

    /// One row in the warehouse, once.
    record Loaded() implements Expectation {}

    /// No row, but a record in the quarantine with this reason for each copy that was accepted.
    record Quarantined(RejectionReason reason) implements Expectation {}
}
