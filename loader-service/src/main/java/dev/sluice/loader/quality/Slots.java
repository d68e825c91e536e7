package dev.sluice.loader.quality;

import java.time.Duration;
import java.time.Instant;

/// How time is cut: events are counted by slots of receipt time, and judged by the hour that ends
/// with the last full slot.
final class Slots {

    /// Of a slot; divides the hour.
    static final Duration LENGTH = Duration.ofMinutes(10);

    /// What is compared with other days.
    static final Duration WINDOW = Duration.ofHours(1);

    private Slots() {}

    /// The begin of the slot that a moment is in.
    static Instant of(Instant moment) {
        long length = LENGTH.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length) * length);
    }
}
