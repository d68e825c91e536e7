package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Loads files of events that are on time in every second turn at least; those of late events, and
/// of other tables, take the others in turn. Late events are few and lie in many small files of
/// many hours: in a batch with the others they would make everything late. Of late events, and of
/// replayed ones, one day is loaded at a time, so that copies are looked for in that day; the
/// oldest day first, and each later one before it comes again.
final class Turns {

    /// Files in one batch besides those of events on time, which wait for it: so many, or half of
    /// what waits, so that a backlog of them ends as well.
    private static final int OTHER_FILES = 64;
    private static final int SHARE = 2;

    /// Rows of a replay in one batch, as a part of what it may have: a row that is restated costs
    /// more than one that is new, and events on time wait for all of them.
    private static final int REPLAYED_PART = 4;

    private enum Kind {
        ON_TIME,
        LATE,
        REPLAYED,
        QUARANTINED,
        SESSIONS,
        IDENTITIES
    }

    private final long replayedRows;
    private boolean othersAreNext;
    private Kind lastOther = Kind.IDENTITIES;
    private final Map<Kind, LocalDate> lastDays = new EnumMap<>(Kind.class);

    /// @param maxRows that a batch may have
    Turns(long maxRows) {
        this.replayedRows = maxRows / REPLAYED_PART;
    }

    /// The files to load now, oldest first; none when none waits.
    ///
    /// @param waiting oldest first
    List<LoadFile> next(List<LoadFile> waiting) {
        Map<Kind, List<LoadFile>> byKind =
                waiting.stream().collect(Collectors.groupingBy(Turns::kind));
        List<LoadFile> onTime = byKind.getOrDefault(Kind.ON_TIME, List.of());
        Kind otherKind = otherKind(byKind.keySet());
        List<LoadFile> others = byKind.getOrDefault(otherKind, List.of());
        if (others.isEmpty() || (!onTime.isEmpty() && !othersAreNext)) {
            othersAreNext = !onTime.isEmpty();
            return onTime;
        }
        othersAreNext = false;
        lastOther = otherKind;
        int most = Math.max(OTHER_FILES, others.size() / SHARE);
        if (otherKind == Kind.LATE || otherKind == Kind.REPLAYED) {
            others = ofNextDay(otherKind, others);
        }
        long rows = otherKind == Kind.REPLAYED ? replayedRows : Long.MAX_VALUE;
        return BatchWidth.first(others, most, rows, Long.MAX_VALUE);
    }

    private List<LoadFile> ofNextDay(Kind kind, List<LoadFile> files) {
        TreeMap<LocalDate, List<LoadFile>> byDay =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Turns::day, TreeMap::new, Collectors.toList()));
        LocalDate later = byDay.higherKey(lastDays.getOrDefault(kind, LocalDate.MAX));
        LocalDate day = later == null ? byDay.firstKey() : later;
        lastDays.put(kind, day);
        return byDay.getOrDefault(day, List.of());
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
        return switch (file.lane()) {
            case ON_TIME -> Kind.ON_TIME;
            case REPLAYED -> Kind.REPLAYED;
            case OTHERS ->
                    switch (file.table()) {
                        case QUARANTINED_EVENTS -> Kind.QUARANTINED;
                        case SESSIONS -> Kind.SESSIONS;
                        case IDENTITIES -> Kind.IDENTITIES;
                        case EVENTS -> Kind.LATE;
                    };
        };
    }
}
