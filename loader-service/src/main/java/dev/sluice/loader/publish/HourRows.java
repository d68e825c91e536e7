package dev.sluice.loader.publish;

import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;

/// Rows that happened in one hour and so lie in one partition.
///
/// @param hour hours since 1970 in UTC
/// @param rows one or more
record HourRows(long hour, List<Row> rows) {

    private static final DateTimeFormatter PARTITION =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    /// `dt=2026-11-21/hour=10`.
    String partition() {
        return PARTITION.format(Instant.EPOCH.plus(hour, ChronoUnit.HOURS));
    }

    int size() {
        return rows.size();
    }

    boolean isLate() {
        return LoadFile.isLate(last(Row::eventMicros), first(Row::receivedMicros));
    }

    Instant first(ToLongFunction<Row> micros) {
        return instant(rows.stream().mapToLong(micros).min().orElseThrow());
    }

    Instant last(ToLongFunction<Row> micros) {
        return instant(rows.stream().mapToLong(micros).max().orElseThrow());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
