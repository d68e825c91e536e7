package dev.sluice.traffic;

import java.time.Instant;
import java.util.UUID;

/// UUIDs after RFC 9562, from dice instead of a secure source.
final class EventIds {

    private static final long RANDOM_A = 0x0fffL;
    private static final long RANDOM_B = 0x3fff_ffff_ffff_ffffL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private EventIds() {}

    /// Version 7: starts with the millisecond.
    static String next(Instant time, Dice dice) {
        return uuid((time.toEpochMilli() << 16) | (dice.bits() & RANDOM_A), dice.bits(), 7);
    }

    static String uuid(long high, long low, int version) {
        long versioned = (high & ~0xf000L) | ((long) version << 12);
        return new UUID(versioned, (low & RANDOM_B) | VARIANT).toString();
    }
}
