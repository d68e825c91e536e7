package dev.sluice.gdpr;

import dev.sluice.gdpr.person.PersonSubjects;

/// What an erasure would do. Has ids of a person, and so is only for whoever asks.
///
/// @param person whose ids are erased, and which stay since others had them too
/// @param receipt of what would go
public record ErasurePlan(PersonSubjects person, ErasureReceipt receipt) {}
