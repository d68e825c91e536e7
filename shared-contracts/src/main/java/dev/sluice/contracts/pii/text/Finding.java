package dev.sluice.contracts.pii.text;

/// Where something personal is in a text.
///
/// @param from the first character of it
/// @param to the first character after it
public record Finding(PiiKind kind, int from, int to) {}
