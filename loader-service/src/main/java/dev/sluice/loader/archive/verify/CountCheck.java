package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.FrameNote;
import dev.sluice.runtime.stream.SequenceNumber;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Counts archived events, each frame once, and compares them with the books.
final class CountCheck {

    private static final Comparator<TenantMinute> BY_MINUTE =
            Comparator.comparingLong(TenantMinute::minute).thenComparing(TenantMinute::tenant);

    private final Map<TenantMinute, Long> archived = new HashMap<>();
    private String shard = "";
    private SequenceNumber given = SequenceNumber.of("0");

    /// Takes the objects of an hour in [ArchiveKey#ORDER].
    void add(ArchiveKey key, List<FrameNote> frames) {
        if (!shard.equals(key.hour() + key.shard().value())) {
            shard = key.hour() + key.shard().value();
            given = SequenceNumber.of("0");
        }
        for (FrameNote frame : frames) {
            if (frame.sequence().compareTo(given) > 0) {
                given = frame.sequence();
                frame.events()
                        .forEach(
                                (kind, events) ->
                                        archived.merge(
                                                new TenantMinute(kind.tenant(), kind.minute()),
                                                events.longValue(),
                                                Long::sum));
            }
        }
    }

    /// Minutes of which the archive has fewer events than the books.
    ///
    /// @param from the first minute
    /// @param end the minute after the last
    List<TenantMinute> shortMinutes(BookedEvents books, long from, long end) {
        List<TenantMinute> shortOnes = new ArrayList<>();
        books.leastByMinute()
                .forEach(
                        (minute, least) -> {
                            if (isAmong(minute, from, end) && has(minute) < least) {
                                shortOnes.add(minute);
                            }
                        });
        shortOnes.sort(BY_MINUTE);
        return shortOnes;
    }

    void report(BookedEvents books, List<TenantMinute> shortMinutes, Consumer<Finding> findings) {
        Map<TenantMinute, Long> least = books.leastByMinute();
        for (TenantMinute minute : shortMinutes) {
            findings.accept(
                    new Finding(
                            Finding.Kind.BOOKS,
                            minute.toString(),
                            "the archive has %d of %d events"
                                    .formatted(has(minute), least.getOrDefault(minute, 0L))));
        }
    }

    /// Events of these minutes that the validator has not counted.
    long uncounted(BookedEvents books, long from, long end) {
        return archived.entrySet().stream()
                .filter(entry -> isAmong(entry.getKey(), from, end))
                .mapToLong(
                        entry -> Math.max(0, entry.getValue() - books.receivedIn(entry.getKey())))
                .sum();
    }

    private long has(TenantMinute minute) {
        return archived.getOrDefault(minute, 0L);
    }

    /// What could not be read has no tenant, here and in the books.
    private static boolean isAmong(TenantMinute minute, long from, long end) {
        return minute.minute() >= from && minute.minute() < end && !minute.tenant().isEmpty();
    }
}
