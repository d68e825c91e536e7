package dev.sluice.collector.process.door;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes UUIDs of version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random ones.
public final class UuidV7 {

    private static final long VERSION = 0x7000L;
    private static final long RANDOM_A = 0x0FFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random thread-safe, and good enough that no two processes draw the same
    public UuidV7(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long time = clock.millis() << 16;
        return new UUID(
                time | VERSION | (random.nextLong() & RANDOM_A),
                VARIANT | (random.nextLong() & RANDOM_B));
    }
}
