package dev.sluice.runtime.reference;

import java.time.Duration;

/// @param refresh how often newer files are looked for
/// @param patience how long a start waits for the first good set
/// @param retry the pause between two looks of a start
public record ReferenceTiming(Duration refresh, Duration patience, Duration retry) {}
