package dev.sluice.local.kinesis;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// How a [KinesisServer] runs.
///
/// @param port TCP port on 127.0.0.1; 0 takes any free one
/// @param dataDirectory where streams are kept; made if missing, used by one server at a time
/// @param accountId the 12 digits in ARNs
/// @param region the region in ARNs
/// @param limitsEnforced whether the service's throughput limits per shard hold (1 MiB and 1,000
///     records a second in, 2 MiB and 5 reads a second out)
/// @param retention of new streams: whole hours, 24 to 8760
/// @param segmentBytes size at which a shard's log starts a new file, at least 1 KiB
/// @param clock gives arrival times, iterator expiry, retention and the refill of limits
public record KinesisServerConfig(
        int port,
        Path dataDirectory,
        String accountId,
        String region,
        boolean limitsEnforced,
        Duration retention,
        long segmentBytes,
        InstantSource clock) {

    public KinesisServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId must be 12 digits: " + accountId);
        }
        if (retention.toHours() < 24
                || retention.toHours() > 8760
                || !retention.equals(Duration.ofHours(retention.toHours()))) {
            throw new IllegalArgumentException("retention must be 24 to 8760 h: " + retention);
        }
        if (segmentBytes < 1024) {
            throw new IllegalArgumentException("segmentBytes must be >= 1024: " + segmentBytes);
        }
    }

    /// Any port, account 000000000000, us-east-1, no limits, 24 h, 64 MiB segments, the system's
    /// clock.
    public static KinesisServerConfig in(Path dataDirectory) {
        return new KinesisServerConfig(
                0,
                dataDirectory,
                "000000000000",
                "us-east-1",
                false,
                Duration.ofHours(24),
                64L << 20,
                InstantSource.system());
    }

    public KinesisServerConfig withPort(int newPort) {
        return new KinesisServerConfig(
                newPort,
                dataDirectory,
                accountId,
                region,
                limitsEnforced,
                retention,
                segmentBytes,
                clock);
    }

    public KinesisServerConfig withLimitsEnforced(boolean enforced) {
        return new KinesisServerConfig(
                port, dataDirectory, accountId, region, enforced, retention, segmentBytes, clock);
    }

    public KinesisServerConfig withSegmentBytes(long bytes) {
        return new KinesisServerConfig(
                port, dataDirectory, accountId, region, limitsEnforced, retention, bytes, clock);
    }

    public KinesisServerConfig withClock(InstantSource newClock) {
        return new KinesisServerConfig(
                port,
                dataDirectory,
                accountId,
                region,
                limitsEnforced,
                retention,
                segmentBytes,
                newClock);
    }
}
