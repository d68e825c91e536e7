package dev.sluice.loader.queue;

import java.time.Duration;
import java.time.Instant;

/// A published Parquet file that waits to be loaded.
///
/// @param table that its rows belong into
/// @param key of the object, which names the file for ever
/// @param layout names its columns
/// @param rows in it
/// @param bytes of the object
/// @param createdAt when it was put into the queue
public record LoadFile(
        LoadTable table,
        String key,
        String layout,
        long rows,
        long bytes,
        Instant minEventTs,
        Instant maxEventTs,
        Instant minReceivedTs,
        Instant maxReceivedTs,
        Instant createdAt) {

    /// What the keys of files start with that restate events, or bring in their history.
    public static final String REPLAYED = "replayed/";

    /// Events that all happened this long before they were received are late ones.
    private static final Duration LATE = Duration.ofHours(1);

    /// Where it waits.
    public Lane lane() {
        if (key.startsWith(REPLAYED)) {
            return Lane.REPLAYED;
        }
        return table == LoadTable.EVENTS && !isLate() ? Lane.ON_TIME : Lane.OTHERS;
    }

    /// Whether all events of a file were late.
    public boolean isLate() {
        return isLate(maxEventTs, minReceivedTs);
    }

    /// Whether all events were late of which these are the newest and the first received.
    public static boolean isLate(Instant maxEventTs, Instant minReceivedTs) {
        return maxEventTs.plus(LATE).isBefore(minReceivedTs);
    }
}
