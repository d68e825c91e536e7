package dev.sluice.loader.compact;

import java.nio.file.Path;
import java.time.Duration;

/// What a compaction may take, and when.
///
/// @param fileBytes of a file that is made, about
/// @param rowGroupBytes of its row groups, about
/// @param memory for rows that are being sorted, in bytes, and as much again for finding copies
/// @param folder for the files of an hour, and its rows uncompressed
/// @param settle after the end of an hour, for events that come a little late
/// @param lateShare of an hour's rows; when as many have come since, it is compacted again
/// @param lateWait without a change, after which it is compacted again for any row
/// @param grace how long a file is kept that was replaced, for queries under way
public record CompactLimits(
        long fileBytes,
        long rowGroupBytes,
        long memory,
        Path folder,
        Duration settle,
        double lateShare,
        Duration lateWait,
        Duration grace) {

    private static final long ROW_GROUP_BYTES = 32L << 20;

    /// For whoever compacts an hour now, whether it is due or not, and deletes nothing.
    public static CompactLimits of(long fileBytes, long memory, Path folder) {
        return new CompactLimits(
                fileBytes,
                ROW_GROUP_BYTES,
                memory,
                folder,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Duration.ofDays(1));
    }
}
