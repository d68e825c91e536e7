package dev.sluice.collector.process.body;

/// What is asked of an element's `event_type`.
enum TypeRule {
    /// The name of a contract, as our own API wants it.
    SNAKE_CASE,
    /// Any name of 1 to 256 bytes; the validator finds the type behind it.
    ANY_NAME,
    /// The element is not in our form yet: only its syntax and its limits matter.
    NOT_READ
}
