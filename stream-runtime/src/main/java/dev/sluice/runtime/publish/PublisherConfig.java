package dev.sluice.runtime.publish;

import java.time.Duration;

/// How values are sent, and for how long.
///
/// @param deadline how long a value may take from hand-over to stored before its caller is told
/// @param backoffMin the pause of a shard after its first failure; doubles with every further one
/// @param backoffMax the longest such pause; each pause is drawn from its upper half
/// @param mapRefreshInterval how often the shards are listed again while puts fail
/// @param maxRecordsPerPut 1 to 500, the limit of PutRecords
/// @param maxBytesPerPut bytes of record data in one call, at most 5 MiB, the limit of PutRecords
public record PublisherConfig(
        Duration deadline,
        Duration backoffMin,
        Duration backoffMax,
        Duration mapRefreshInterval,
        int maxRecordsPerPut,
        int maxBytesPerPut) {

    private static final int MOST_RECORDS = 500;
    private static final int MOST_BYTES = 5 << 20;

    public PublisherConfig {
        positive("deadline", deadline);
        positive("backoffMin", backoffMin);
        positive("mapRefreshInterval", mapRefreshInterval);
        if (backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("backoffMax is less than backoffMin: " + backoffMax);
        }
        if (maxRecordsPerPut < 1 || maxRecordsPerPut > MOST_RECORDS) {
            throw new IllegalArgumentException("maxRecordsPerPut: " + maxRecordsPerPut);
        }
        if (maxBytesPerPut < 1 || maxBytesPerPut > MOST_BYTES) {
            throw new IllegalArgumentException("maxBytesPerPut: " + maxBytesPerPut);
        }
    }

    /// Ten seconds to store, pauses of 50 ms to 2 s, shards listed every 5 s while puts fail, calls
    /// as large as the service takes them.
    public static PublisherConfig defaults() {
        return new PublisherConfig(
                Duration.ofSeconds(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                MOST_RECORDS,
                MOST_BYTES);
    }

    public PublisherConfig withDeadline(Duration newDeadline) {
        return new PublisherConfig(
                newDeadline,
                backoffMin,
                backoffMax,
                mapRefreshInterval,
                maxRecordsPerPut,
                maxBytesPerPut);
    }

    /// How long a shard rests after so many failures in a row.
    ///
    /// @param chance from 0 up to but not including 1
    Duration backoff(int failures, double chance) {
        long full = backoffMin.toNanos();
        for (int i = 1; i < failures && full < backoffMax.toNanos(); i++) {
            full *= 2;
        }
        full = Math.min(full, backoffMax.toNanos());
        return Duration.ofNanos(full / 2 + (long) (chance * (full - full / 2)));
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
    }
}
