package dev.sluice.gdpr.store;

import java.time.Instant;

/// An event of a person in a store, or a row that was made of events.
///
/// @param id by which the store knows it; no id of a person
/// @param receivedTs when it was received; of what was made of several events, when they began
/// @param bytes of it, as far as they are known
public record HeldRecord(String id, Instant receivedTs, long bytes) {}
