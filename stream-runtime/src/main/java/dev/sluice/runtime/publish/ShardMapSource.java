package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.StreamName;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.ReentrantLock;

/// The shard map of one stream, listed when needed and shared by all who publish to it.
/// Thread-safe.
final class ShardMapSource {

    private final StreamClient client;
    private final StreamName stream;
    private final PublisherConfig config;
    private final Timing timing;
    private final ReentrantLock listing = new ReentrantLock();
    private volatile @Nullable ShardMap known;
    private volatile long lastListing = Long.MIN_VALUE / 2;

    ShardMapSource(StreamClient client, StreamName stream, PublisherConfig config, Timing timing) {
        this.client = client;
        this.stream = stream;
        this.config = config;
        this.timing = timing;
    }

    /// The map listed last; null before the first listing.
    @Nullable ShardMap known() {
        return known;
    }

    /// Whether to ask for a map newer than the one seen: there is one, or the answers call for a
    /// new listing. Listings keep a distance, as ListShards takes only 1000 calls a second per
    /// stream.
    boolean due(Placement placement, @Nullable ShardMap seen) {
        if (known != null && known != seen) {
            return true;
        }
        long age = timing.nanos() - lastListing;
        return switch (placement) {
            case RIGHT -> false;
            case DOUBTFUL -> age >= config.mapRefreshInterval().toNanos();
            case WRONG -> age >= config.backoffMin().toNanos();
        };
    }

    /// Lists the shards, unless somebody else has since the given map.
    ///
    /// @param seen the map the caller knows; null if none
    /// @throws dev.sluice.runtime.failure.TransientFailure if they cannot be listed now
    /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist or access is
    ///     refused
    ShardMap newerThan(@Nullable ShardMap seen) {
        listing.lock();
        try {
            ShardMap current = known;
            if (current != null && current != seen) {
                return current;
            }
            lastListing = timing.nanos();
            ShardMap listed = ShardMap.of(stream, client.openShards(stream));
            if (current == null || !current.shards().equals(listed.shards())) {
                known = listed;
                return listed;
            }
            return current;
        } finally {
            listing.unlock();
        }
    }
}
