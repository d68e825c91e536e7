package dev.sluice.loader.warehouse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A point in time as the warehouse keeps it: without a zone, in UTC.
public final class WarehouseTime {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private WarehouseTime() {}

    /// Whether there is a text for it that can be cast to TIMESTAMP: years of four digits.
    public static boolean holds(Instant instant) {
        return !instant.isBefore(YEAR_1) && instant.isBefore(YEAR_10000);
    }

    /// As text, to be cast to TIMESTAMP: the driver would shift it in an hour that the zone of this
    /// machine skips.
    ///
    /// @param instant one that [#holds(Instant)]
    public static String text(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    /// The instant of a TIMESTAMP as the warehouse writes it, such as `2026-11-21 10:00:00.5`.
    public static Instant of(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
