package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.schema.PiiClass;

/// What the name of a field says of its value.
///
/// @param kind of personal data
/// @param pii what becomes of it where no contract says; `NONE` if the name only looks telling
public record Telling(PiiKind kind, PiiClass pii) {}
