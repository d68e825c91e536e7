package dev.sluice.traffic.load;

import java.time.Duration;

/// Where a run is; one each second.
///
/// @param elapsed since the run began
/// @param totals since the run began
/// @param heldBack batches so far that were due but had to wait for a free request
/// @param latency of the batches acknowledged since the last progress
public record LoadProgress(
        Duration elapsed, Totals totals, long heldBack, LatencySummary latency) {}
