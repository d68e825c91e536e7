package dev.sluice.runtime.kcl;

import software.amazon.kinesis.metrics.MetricsLevel;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

import java.time.Duration;

/// How fast the library works, and how patient it is.
///
/// @param failoverTime a lease that was not renewed for this long is free to take; leases are
///     looked for every two failover times. From 500 ms
/// @param idleBetweenReads pause between two reads of a shard. Kinesis allows five reads a second
///     and shard over all applications together
/// @param maxRecordsPerRead 1 to 10,000
/// @param checkpointInterval a shard is checkpointed at most once in this time, and when it is
///     drained; the first time after a random part of it, so that a fleet does not checkpoint in
///     waves. Zero: with every acknowledgement
/// @param shutdownTimeout how long a graceful stop may take before it becomes a hard one
/// @param stuckAfter a shard without a finished batch, or a start that takes longer, is unhealthy
/// @param dispatchInterval how often the library moves a shard on to its next state; taking up a
///     shard takes four such steps
/// @param parentPollInterval how often a child shard looks whether its parents are finished
/// @param leasesToStealAtOnce how many leases an underloaded worker takes from a loaded one in one
///     go; more balances faster, and moves more state
/// @param seedLeases create the lease table and its leases before the library starts. Without, the
///     library itself waits for up to 30 s on an empty table
/// @param metricsLevel how much the library itself sends to CloudWatch
public record KclTuning(
        Duration failoverTime,
        Duration idleBetweenReads,
        int maxRecordsPerRead,
        Duration checkpointInterval,
        Duration shutdownTimeout,
        Duration stuckAfter,
        Duration dispatchInterval,
        Duration parentPollInterval,
        int leasesToStealAtOnce,
        boolean seedLeases,
        MetricsLevel metricsLevel) {

    private static final Duration SHORTEST_FAILOVER = Duration.ofMillis(500);

    /// For a fleet in AWS.
    public static final KclTuning DEFAULT =
            new KclTuning(
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    PollingConfig.DEFAULT_MAX_RECORDS,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(12),
                    Duration.ofMinutes(1),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(1),
                    4,
                    true,
                    MetricsLevel.NONE);

    /// For one machine: the first record within seconds.
    public static final KclTuning LOCAL =
            new KclTuning(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(100),
                    PollingConfig.DEFAULT_MAX_RECORDS,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    4,
                    true,
                    MetricsLevel.NONE);

    /// @throws IllegalArgumentException if a value is outside its range
    public KclTuning {
        if (failoverTime.compareTo(SHORTEST_FAILOVER) < 0) {
            throw new IllegalArgumentException("failover time under 500 ms: " + failoverTime);
        }
        if (maxRecordsPerRead < 1 || maxRecordsPerRead > PollingConfig.DEFAULT_MAX_RECORDS) {
            throw new IllegalArgumentException(
                    "max records per read outside 1 to 10000: " + maxRecordsPerRead);
        }
        if (leasesToStealAtOnce < 1) {
            throw new IllegalArgumentException(
                    "leases to steal at once under 1: " + leasesToStealAtOnce);
        }
        notNegative("idle between reads", idleBetweenReads);
        notNegative("checkpoint interval", checkpointInterval);
        notNegative("shutdown timeout", shutdownTimeout);
        positive("stuck after", stuckAfter);
        positive("dispatch interval", dispatchInterval);
        positive("parent poll interval", parentPollInterval);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
    }
}
