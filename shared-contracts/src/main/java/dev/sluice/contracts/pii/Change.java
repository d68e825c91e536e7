package dev.sluice.contracts.pii;

/// What becomes of a value.
sealed interface Change {

    Change KEEP = new Keep();
    Change REMOVE = new Remove();

    record Keep() implements Change {}

    /// Null takes its place.
    record Remove() implements Change {}

    record Text(String value) implements Change {}
}
