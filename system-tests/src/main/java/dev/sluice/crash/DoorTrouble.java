package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The times at which the raw stream was made to fail. What was received then may have waited in
/// the bucket, behind which live events go on: docs/decisions/spill.md promises no order between
/// the two.
record DoorTrouble(List<Window> windows) {

    static final DoorTrouble NONE = new DoorTrouble(List.of());

    /// A request waits for the stream before it goes to the bucket, and a fault begins when hands
    /// are free.
    private static final Duration BEFORE = Duration.ofSeconds(5);

    /// Until what was kept from the stream is let go on to it again.
    private static final Duration AFTER = Duration.ofSeconds(15);

    DoorTrouble {
        windows = List.copyOf(windows);
    }

    record Window(Instant from, Instant to) {}

    /// @param began when the schedule did
    static DoorTrouble of(CrashSchedule schedule, Instant began) {
        List<Window> windows = new ArrayList<>();
        for (CrashSchedule.Timed timed : schedule.actions()) {
            if (timed.action() instanceof CrashAction.StreamTrouble trouble
                    && trouble.stream().equals(Streams.RAW)) {
                Instant from = began.plus(timed.at());
                windows.add(new Window(from.minus(BEFORE), from.plus(trouble.time()).plus(AFTER)));
            }
        }
        return new DoorTrouble(windows);
    }

    /// Whether an event that was received then may have waited.
    boolean covers(Instant received) {
        return windows.stream()
                .anyMatch(w -> !received.isBefore(w.from) && received.isBefore(w.to));
    }
}
