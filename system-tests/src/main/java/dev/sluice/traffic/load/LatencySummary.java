package dev.sluice.traffic.load;

import org.HdrHistogram.Histogram;

import java.time.Duration;

/// Some times and how they are spread.
///
/// @param count how many
public record LatencySummary(
        long count, Duration p50, Duration p90, Duration p95, Duration p99, Duration max) {

    static LatencySummary of(Histogram micros) {
        return new LatencySummary(
                micros.getTotalCount(),
                at(micros, 50),
                at(micros, 90),
                at(micros, 95),
                at(micros, 99),
                at(micros, 100));
    }

    private static Duration at(Histogram micros, double percentile) {
        return Duration.ofNanos(micros.getValueAtPercentile(percentile) * 1_000);
    }
}
