package dev.sluice.runtime.publish;

import java.time.Duration;

/// How submissions of many callers are packed together.
///
/// @param sending deadline, pauses and call sizes
/// @param linger how far apart calls start at least, 0 to 50 ms: what arrives meanwhile shares the
///     next one; after a longer rest values are sent at once
/// @param frameBytes a batch is closed at this many bytes of values, before encoding
/// @param maxBytesInFlight submissions past this many bytes of values are refused
/// @param maxPutsInFlight calls under way at once; further shards wait and are packed together
/// @param closeTimeout how long closing waits for what was accepted
public record GroupCommitConfig(
        PublisherConfig sending,
        Duration linger,
        int frameBytes,
        long maxBytesInFlight,
        int maxPutsInFlight,
        Duration closeTimeout) {

    private static final Duration LONGEST_LINGER = Duration.ofMillis(50);

    public GroupCommitConfig {
        if (linger.isNegative() || linger.compareTo(LONGEST_LINGER) > 0) {
            throw new IllegalArgumentException("linger is not within 0 to 50 ms: " + linger);
        }
        if (frameBytes < 1 || maxBytesInFlight < frameBytes) {
            throw new IllegalArgumentException(
                    "frameBytes %d, maxBytesInFlight %d".formatted(frameBytes, maxBytesInFlight));
        }
        if (maxPutsInFlight < 1 || closeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "maxPutsInFlight %d, closeTimeout %s".formatted(maxPutsInFlight, closeTimeout));
        }
    }

    /// The same for values that may take so long.
    public GroupCommitConfig withDeadline(Duration deadline) {
        return new GroupCommitConfig(
                sending.withDeadline(deadline),
                linger,
                frameBytes,
                maxBytesInFlight,
                maxPutsInFlight,
                closeTimeout);
    }

    public GroupCommitConfig withMaxPutsInFlight(int puts) {
        return new GroupCommitConfig(
                sending, linger, frameBytes, maxBytesInFlight, puts, closeTimeout);
    }

    /// No linger, batches of 256 KiB, 128 MiB in flight, 8 calls at once, 10 s to close.
    public static GroupCommitConfig defaults() {
        return new GroupCommitConfig(
                PublisherConfig.defaults(),
                Duration.ZERO,
                256 << 10,
                128L << 20,
                8,
                Duration.ofSeconds(10));
    }
}
