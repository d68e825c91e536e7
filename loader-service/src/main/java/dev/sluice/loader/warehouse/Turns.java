package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Loads files of events that are on time and files of late ones in turn. Late events are few and
/// lie in many small files of many hours: in a batch with the others they would make everything
/// late.
final class Turns {

    /// Events of a file that all happened this long before they were received are late ones.
    private static final Duration LATE = Duration.ofHours(1);

    /// Files of late events in one batch, so that those on time wait for few of them.
    private static final int LATE_FILES = 64;

    private boolean lateIsNext;

    /// The files to load now, oldest first; none when none waits.
    ///
    /// @param waiting oldest first
    /// @param limit how many at most
    List<LoadFile> next(List<LoadFile> waiting, int limit) {
        Map<Boolean, List<LoadFile>> byLateness =
                waiting.stream().collect(Collectors.partitioningBy(Turns::isLate));
        List<LoadFile> late = byLateness.getOrDefault(true, List.of());
        List<LoadFile> onTime = byLateness.getOrDefault(false, List.of());
        boolean takeLate = onTime.isEmpty() || (lateIsNext && !late.isEmpty());
        lateIsNext = !takeLate;
        return takeLate
                ? late.subList(0, Math.min(late.size(), Math.min(limit, LATE_FILES)))
                : onTime.subList(0, Math.min(onTime.size(), limit));
    }

    private static boolean isLate(LoadFile file) {
        return file.maxEventTs().plus(LATE).isBefore(file.minReceivedTs());
    }
}
