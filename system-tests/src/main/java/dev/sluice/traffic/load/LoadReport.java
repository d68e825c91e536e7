package dev.sluice.traffic.load;

import java.time.Duration;

/// What a run did.
///
/// @param sending time from the first batch until nothing new was sent
/// @param account every event that was sent
/// @param heldBack batches that were due but had to wait for a free request
/// @param latency of all acknowledged batches
public record LoadReport(
        Duration sending, DeliveryAccount account, long heldBack, LatencySummary latency) {

    /// Copies of events sent a second.
    public double rate() {
        return account.totals().sent() * 1e9 / Math.max(1, sending.toNanos());
    }
}
