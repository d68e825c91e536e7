package dev.sluice.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Rising times for the events of a batch: after the last event of the device, up to now where
/// there is room.
final class EventTimes {

    private final Dice dice;
    private final long stepMicros;
    private Instant last;

    private EventTimes(Dice dice, Instant last, long stepMicros) {
        this.dice = dice;
        this.last = last;
        this.stepMicros = stepMicros;
    }

    static EventTimes upTo(Instant now, Instant last, int count, Dice dice) {
        Instant earliest = now.minusMillis(count * dice.between(800L, 6_000L));
        Instant start = last.isAfter(earliest) ? last : earliest;
        long room = Math.max(0, Duration.between(start, now).toNanos() / 1_000);
        // A device that is asked again at once still moves on; it is then a little ahead of the
        // clock.
        return new EventTimes(dice, start, Math.max(1_000, room / count));
    }

    Instant next() {
        last = last.plus(dice.between(stepMicros / 2, stepMicros), ChronoUnit.MICROS);
        return last;
    }

    Instant last() {
        return last;
    }
}
