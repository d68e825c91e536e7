package dev.sluice.collector.egress.spill;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

/// Keys of spilled objects: `spill/yyyy/MM/dd/HH/MILLIS-PROCESS-NUMBER`. In the order of a listing
/// the oldest comes first. Thread-safe.
final class SpillKeys {

    static final String PREFIX = "spill/";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH/").withZone(ZoneOffset.UTC);

    private final String process;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();

    /// @param process a name that no other process ever had
    SpillKeys(String process, InstantSource clock) {
        this.process = process;
        this.clock = clock;
    }

    String next() {
        Instant now = clock.instant();
        return "%s%s%013d-%s-%06d"
                .formatted(
                        PREFIX,
                        HOUR.format(now),
                        now.toEpochMilli(),
                        process,
                        number.getAndIncrement());
    }

    /// Of an object without events, which no drainer looks at.
    String rehearsal() {
        return "spill-rehearsal/" + process;
    }

    /// When the object was begun; the epoch if the key is not one of ours.
    static Instant begunAt(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dash = name.indexOf('-');
        try {
            return Instant.ofEpochMilli(Long.parseLong(dash < 0 ? name : name.substring(0, dash)));
        } catch (NumberFormatException notOurs) {
            return Instant.EPOCH;
        }
    }
}
