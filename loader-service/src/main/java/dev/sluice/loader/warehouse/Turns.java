package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Loads files of events that are on time in every second turn at least; those of late events, and
/// of other tables, take the others in turn. Late events are few and lie in many small files of
/// many hours: in a batch with the others they would make everything late. Of late events one day
/// is loaded at a time, so that copies are looked for in that day; the oldest day first, and each
/// later one before it comes again.
final class Turns {

    /// Files in one batch besides those of events on time, which wait for it.
    private static final int OTHER_FILES = 64;

    private enum Kind {
        ON_TIME,
        LATE,
        QUARANTINED,
        SESSIONS,
        IDENTITIES
    }

    private boolean othersAreNext;
    private Kind lastOther = Kind.IDENTITIES;
    private LocalDate lastDay = LocalDate.MAX;

    /// The files to load now, oldest first; none when none waits.
    ///
    /// @param waiting oldest first
    /// @param limit how many at most
    List<LoadFile> next(List<LoadFile> waiting, int limit) {
        Map<Kind, List<LoadFile>> byKind =
                waiting.stream().collect(Collectors.groupingBy(Turns::kind));
        List<LoadFile> onTime = byKind.getOrDefault(Kind.ON_TIME, List.of());
        Kind otherKind = otherKind(byKind.keySet());
        List<LoadFile> others = byKind.getOrDefault(otherKind, List.of());
        if (others.isEmpty() || (!onTime.isEmpty() && !othersAreNext)) {
            othersAreNext = !onTime.isEmpty();
            return onTime.subList(0, Math.min(onTime.size(), limit));
        }
        othersAreNext = false;
        lastOther = otherKind;
        if (otherKind == Kind.LATE) {
            others = ofNextDay(others);
        }
        return others.subList(0, Math.min(others.size(), Math.min(limit, OTHER_FILES)));
    }

    private List<LoadFile> ofNextDay(List<LoadFile> late) {
        TreeMap<LocalDate, List<LoadFile>> byDay =
                late.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Turns::day, TreeMap::new, Collectors.toList()));
        LocalDate later = byDay.higherKey(lastDay);
        lastDay = later == null ? byDay.firstKey() : later;
        return byDay.getOrDefault(lastDay, List.of());
    }

    private static LocalDate day(LoadFile file) {
        return LocalDate.ofInstant(file.minEventTs(), ZoneOffset.UTC);
    }

    /// The next of those that wait after that which had the last turn.
    private Kind otherKind(Set<Kind> waiting) {
        Kind[] kinds = Kind.values();
        Kind next = lastOther;
        do {
            next = kinds[(next.ordinal() + 1) % kinds.length];
        } while (next != lastOther && (next == Kind.ON_TIME || !waiting.contains(next)));
        return next;
    }

    private static Kind kind(LoadFile file) {
        return switch (file.table()) {
            case QUARANTINED_EVENTS -> Kind.QUARANTINED;
            case SESSIONS -> Kind.SESSIONS;
            case IDENTITIES -> Kind.IDENTITIES;
            case EVENTS -> file.isLate() ? Kind.LATE : Kind.ON_TIME;
        };
    }
}
