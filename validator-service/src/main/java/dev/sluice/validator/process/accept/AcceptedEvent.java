package dev.sluice.validator.process.accept;

import dev.sluice.validator.process.body.BodyFacts;

/// An event that keeps its contract.
///
/// @param name of its type, as the sender gave it
/// @param type it is
/// @param version of the contract
/// @param facts that later steps need
public record AcceptedEvent(String name, String type, String version, BodyFacts facts) {}
