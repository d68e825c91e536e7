package dev.sluice.day;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What is replayed, and beside what.
///
/// @param events of the archive, about; the last batch may go over
/// @param from the first receipt
/// @param to after the last
/// @param seed decides which events
/// @param devices that sent them
/// @param liveRate events a second, all through the replays
/// @param replayRate events a second of each replay beside live traffic, warm-up included; 0 for no
///     limit
/// @param tasks of each replay
/// @param data an empty folder; everything is kept there
public record DayPlan(
        long events,
        Instant from,
        Instant to,
        long seed,
        int devices,
        double liveRate,
        long replayRate,
        int tasks,
        Path data) {

    /// @throws IllegalArgumentException that names what is out of its bounds
    public DayPlan {
        if (events < 1 || devices < 1 || tasks < 1 || replayRate < 0 || !(liveRate > 0)) {
            throw new IllegalArgumentException(
                    "events, devices, tasks and live rate are positive, the replay's rate not"
                            + " negative");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from %s is not before to %s".formatted(from, to));
        }
    }

    Duration span() {
        return Duration.between(from, to);
    }
}
