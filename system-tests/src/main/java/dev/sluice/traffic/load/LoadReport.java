package dev.sluice.traffic.load;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;

/// What a run did.
///
/// @param sending time from the first batch until nothing new was sent
/// @param account every event that was sent
/// @param heldBack batches that were due but had to wait for a free request
/// @param latency of all acknowledged batches, from the moment each was due: its waiting for a free
///     request and its retries are in it, so a stalled collector cannot hide
/// @param answers by status, how long single requests took, retries and all
public record LoadReport(
        Duration sending,
        DeliveryAccount account,
        long heldBack,
        LatencySummary latency,
        SortedMap<Integer, LatencySummary> answers) {

    /// In the place of a status: the connection broke, or the client's patience ended.
    public static final int NO_ANSWER = 0;

    public LoadReport {
        answers = Collections.unmodifiableSortedMap(answers);
    }

    /// Copies of events sent a second.
    public double rate() {
        return account.totals().sent() * 1e9 / Math.max(1, sending.toNanos());
    }
}
