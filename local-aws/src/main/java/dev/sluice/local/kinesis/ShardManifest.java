package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;

/// What is known of a shard besides its records.
///
/// @param index the number in the shard's id; parents by their index
/// @param createdMillis creation, at once the epoch of its sequence numbers
/// @param closedMillis when a split or merge closed it; null while open
record ShardManifest(
        int index,
        BigInteger startingHashKey,
        BigInteger endingHashKey,
        @Nullable Integer parent,
        @Nullable Integer adjacentParent,
        long createdMillis,
        @Nullable Long closedMillis) {

    static ShardManifest root(int index, HashRange range, long createdMillis) {
        return new ShardManifest(
                index, range.start(), range.end(), null, null, createdMillis, null);
    }

    ShardManifest closedAt(long millis) {
        return new ShardManifest(
                index,
                startingHashKey,
                endingHashKey,
                parent,
                adjacentParent,
                createdMillis,
                millis);
    }
}
