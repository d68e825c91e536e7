package dev.sluice.contracts.rejection;

/// One place where an event breaks its contract.
///
/// @param pointer JSON pointer into the event, such as `/properties/price`
/// @param message what was expected; never the value that was found
public record Violation(String pointer, String message) {}
