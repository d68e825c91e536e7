package dev.sluice.contracts.evolution;

/// How what a keyword lets through compares to what it let through before.
enum Span {
    SAME,
    WIDER,
    /// Less, or something else: there may be values that were let through and are not any more.
    NARROWER
}
