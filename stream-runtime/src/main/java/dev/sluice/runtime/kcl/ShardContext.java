package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.StreamName;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every shard of a consumer shares.
///
/// @param transientBackoff after a failure that passes by itself
/// @param slowBackoff after any other: somebody has to do something first
record ShardContext(
        StreamName stream,
        ShardHandlerFactory handlers,
        Leases leases,
        StopSignal stop,
        ConsumerStatus status,
        ConsumerMetrics metrics,
        Duration checkpointInterval,
        Backoff transientBackoff,
        Backoff slowBackoff,
        InstantSource clock,
        RandomGenerator random) {}
