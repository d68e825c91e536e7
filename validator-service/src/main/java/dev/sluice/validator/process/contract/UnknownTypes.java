package dev.sluice.validator.process.contract;

/// What happens to an event whose type has no contract.
public enum UnknownTypes {
    /// It is kept aside until somebody publishes a contract.
    QUARANTINE,
    /// It passes when it keeps the contract that every event has.
    ACCEPT
}
