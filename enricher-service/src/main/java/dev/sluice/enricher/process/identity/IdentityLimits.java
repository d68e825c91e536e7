package dev.sluice.enricher.process.identity;

import java.time.Duration;

/// How far identities go.
///
/// @param mostPersons that an id may have belonged to; one more, and it is shared and tells nobody
/// @param mostIds that one person takes
/// @param timeLimit of all reads and writes for one slice
public record IdentityLimits(int mostPersons, int mostIds, Duration timeLimit) {}
