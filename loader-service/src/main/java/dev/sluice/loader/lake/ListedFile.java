package dev.sluice.loader.lake;

import java.time.Instant;

/// A Parquet file of an hour.
///
/// @param key of the object
/// @param rows in it
/// @param loadedAt when its batch was loaded, as the ledger has it; of a compacted file
///     [Instant#EPOCH], for what it has is settled, and all others are loaded after it
/// @param compacted whether a compaction made it: then it is sorted, and no other file that was
///     compacted has any of its events
public record ListedFile(String key, long rows, Instant loadedAt, boolean compacted) {

    /// A file that a compaction made.
    public static ListedFile compacted(String key, long rows) {
        return new ListedFile(key, rows, Instant.EPOCH, true);
    }
}
