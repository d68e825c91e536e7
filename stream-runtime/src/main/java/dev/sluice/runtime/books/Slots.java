package dev.sluice.runtime.books;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The index of the books by time: a slot holds what was stored in one minute. A minute has several
/// slots, because one key of an index takes a thousand writes a second (DynamoDB, partition
/// limits).
final class Slots {

    /// How far the clocks of two tasks may be apart.
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int PER_MINUTE = 8;

    private Slots() {}

    static String of(BookPage page, Instant storedAt) {
        return name(
                storedAt.truncatedTo(ChronoUnit.MINUTES),
                Math.floorMod(page.id().hashCode(), PER_MINUTE));
    }

    /// Every slot of what was stored at a moment or later, the oldest first.
    static List<String> since(Instant since, Instant now) {
        List<String> slots = new ArrayList<>();
        Instant last = now.plus(SKEW);
        for (Instant minute = start(since);
                !minute.isAfter(last);
                minute = minute.plus(1, ChronoUnit.MINUTES)) {
            for (int i = 0; i < PER_MINUTE; i++) {
                slots.add(name(minute, i));
            }
        }
        return slots;
    }

    /// Comes before every later slot in the order of text, and after every earlier one.
    static String first(Instant since) {
        return name(start(since), 0);
    }

    private static Instant start(Instant since) {
        return since.minus(SKEW).truncatedTo(ChronoUnit.MINUTES);
    }

    private static String name(Instant minute, int i) {
        return minute + "/" + i;
    }
}
