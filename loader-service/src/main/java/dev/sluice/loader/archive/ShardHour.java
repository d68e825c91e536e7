package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the archive has of a shard in one hour: enough work for one who replays.
///
/// @param hour in which its frames arrived
/// @param range of the shard's hash keys, to their upper 64 bits; null if its objects do not say
/// @param objects how many
/// @param bytes of all of them
public record ShardHour(
        Instant hour, ShardId shard, @Nullable HashRange range, int objects, long bytes) {}
