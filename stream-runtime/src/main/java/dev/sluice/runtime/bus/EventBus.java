package dev.sluice.runtime.bus;

import java.util.ArrayList;
import java.util.List;

/// Takes events and gives each at least once to whoever listens.
public interface EventBus {

    /// Events of one put.
    int MOST_EVENTS = 10;

    /// Bytes of all events of one put, as {@link BusEvent#size()} counts them.
    int MOST_BYTES = 1 << 20;

    String name();

    /// Puts at most {@link #MOST_EVENTS} events, of {@link #MOST_BYTES} together unless there is
    /// one only.
    ///
    /// @return one result for each event, in order
    /// @throws dev.sluice.runtime.failure.TransientFailure if none is known to have been taken; the
    ///     call may still have taken effect when the answer was lost, so putting again can make a
    ///     copy, which listeners know by an id in the detail
    /// @throws dev.sluice.runtime.failure.SetupFailure if the bus does not exist or access is
    ///     refused; some may have been taken
    List<BusResult> put(List<BusEvent> events);

    /// Events in as few lists as one put each can take, in order. One that is too large for any put
    /// has a list of its own.
    static <T extends HasBusEvent> List<List<T>> puts(List<T> events) {
        List<List<T>> puts = new ArrayList<>();
        List<T> open = new ArrayList<>();
        int bytes = 0;
        for (T each : events) {
            int size = each.event().size();
            if (!open.isEmpty() && (open.size() == MOST_EVENTS || bytes + size > MOST_BYTES)) {
                puts.add(List.copyOf(open));
                open.clear();
                bytes = 0;
            }
            open.add(each);
            bytes += size;
        }
        if (!open.isEmpty()) {
            puts.add(List.copyOf(open));
        }
        return puts;
    }

    /// What a caller keeps beside an event.
    interface HasBusEvent {
        BusEvent event();
    }
}
