package dev.sluice.gdpr.store;

import java.time.Instant;

/// An event of a person in a store.
///
/// @param id by which the store knows it
/// @param bytes of it, as far as they are known
public record HeldRecord(String id, Instant receivedTs, long bytes) {}
