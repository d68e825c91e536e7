package dev.sluice.crash;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The books against a full count: what `pipeline_books` says of each minute of receipt, and what
/// is there.
final class BooksAudit {

    private final List<Minute> minutes;
    private final Map<String, Long> rows;
    private final Map<String, Long> quarantined;
    private final long acknowledged;

    /// @param minutes of `pipeline_books`
    /// @param rows counted in `events`, by minute of receipt
    /// @param quarantined records counted in the bucket, by minute of receipt
    /// @param acknowledged copies of events that clients were told are taken
    BooksAudit(
            List<Minute> minutes,
            Map<String, Long> rows,
            Map<String, Long> quarantined,
            long acknowledged) {
        this.minutes = minutes;
        this.rows = rows;
        this.quarantined = quarantined;
        this.acknowledged = acknowledged;
    }

    /// A line of the books.
    ///
    /// @param minute in UTC, as `2026-11-25T23:04`
    record Minute(
            String minute,
            long accepted,
            long loaded,
            long quarantined,
            long duplicates,
            long suppressed,
            long difference) {}

    static String minuteOf(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString().substring(0, 16);
    }

    static BooksAudit of(Rows rows, Lake lake, long acknowledged) throws SQLException {
        return new BooksAudit(
                rows.books(), rows.byMinute(), lake.quarantinedByMinute(), acknowledged);
    }

    List<Finding> findings() {
        long accepted = minutes.stream().mapToLong(Minute::accepted).sum();
        return List.of(
                Finding.of("the books balance in every minute", unbalanced()),
                Finding.of("the books count the rows that are there", different(Kind.LOADED)),
                Finding.of(
                        "the books count the quarantine that is there",
                        different(Kind.QUARANTINED)),
                Finding.of(
                        "the books know of all that was acknowledged",
                        accepted >= acknowledged
                                ? List.of()
                                : List.of(
                                        "%d accepted, %d acknowledged"
                                                .formatted(accepted, acknowledged))));
    }

    private enum Kind {
        LOADED,
        QUARANTINED
    }

    private List<String> unbalanced() {
        return minutes.stream()
                .filter(minute -> minute.difference != 0)
                .map(Minute::toString)
                .toList();
    }

    private List<String> different(Kind kind) {
        Map<String, Long> counted = kind == Kind.LOADED ? rows : quarantined;
        TreeSet<String> names = new TreeSet<>(counted.keySet());
        minutes.forEach(minute -> names.add(minute.minute));
        List<String> different = new ArrayList<>();
        for (String name : names) {
            long booked =
                    minutes.stream()
                            .filter(minute -> minute.minute.equals(name))
                            .mapToLong(m -> kind == Kind.LOADED ? m.loaded : m.quarantined)
                            .sum();
            long found = counted.getOrDefault(name, 0L);
            if (booked != found) {
                different.add("%s: %d in the books, %d found".formatted(name, booked, found));
            }
        }
        return different;
    }
}
