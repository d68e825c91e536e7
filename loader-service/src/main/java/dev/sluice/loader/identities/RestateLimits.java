package dev.sluice.loader.identities;

import java.time.Duration;

/// How much is restated.
///
/// @param lookback events that happened before are left as they are
/// @param maxIds of one turn, at least 1
/// @param maxEvents of one turn, at least 1
public record RestateLimits(Duration lookback, int maxIds, int maxEvents) {}
