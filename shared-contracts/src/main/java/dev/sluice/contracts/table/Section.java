package dev.sluice.contracts.table;

/// The JSON objects that an event is made of inside a frame.
public enum Section {
    /// Facts of the receipt, by the collector.
    RECEIPT,
    /// The event as the client posted it.
    BODY,
    /// What the validator found and made certain.
    CHECKED,
    /// What the enricher added.
    ENRICHMENT
}
