package dev.sluice.contracts.schema;

import java.util.Locale;

/// What happens to an event whose type has no contract.
public enum UnknownTypes {
    /// It is kept aside until somebody publishes a contract.
    QUARANTINE,
    /// It passes when it keeps the contract that every event has.
    ACCEPT;

    /// The value as policies write it, in lower case.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
