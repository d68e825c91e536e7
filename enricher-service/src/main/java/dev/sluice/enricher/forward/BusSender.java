package dev.sluice.enricher.forward;

import dev.sluice.enricher.forward.SentSlice.RefusedEvent;
import dev.sluice.runtime.bus.BusResult;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.failure.TransientFailure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts the events of a slice on a bus, and remembers which it has until all of them are settled:
/// a slice that is offered again is not put again, but for what failed. Of one shard.
final class BusSender {

    private final EventBus bus;
    private final Map<String, BusResult> settled = new HashMap<>();

    BusSender(EventBus bus) {
        this.bus = bus;
    }

    /// Returns when the bus has taken or refused every event.
    ///
    /// @throws TransientFailure if it has not; to be called again with the same slice
    /// @throws dev.sluice.runtime.failure.SetupFailure if the bus does not exist or access is
    ///     refused
    SentSlice send(ReadSlice slice) {
        List<OutgoingEvent> open =
                slice.events().stream()
                        .filter(event -> !settled.containsKey(event.place()))
                        .toList();
        Map<String, Integer> failed = new TreeMap<>();
        for (List<OutgoingEvent> put : EventBus.puts(open)) {
            List<BusResult> results = bus.put(put.stream().map(OutgoingEvent::event).toList());
            for (int i = 0; i < put.size(); i++) {
                switch (results.get(i)) {
                    case BusResult.Failed(String code) -> failed.merge(code, 1, Integer::sum);
                    case BusResult.Taken taken -> settled.put(put.get(i).place(), taken);
                    case BusResult.Refused refused -> settled.put(put.get(i).place(), refused);
                }
            }
        }
        if (!failed.isEmpty()) {
            throw new TransientFailure(
                    "bus %s: of %d events failed %s".formatted(bus.name(), open.size(), failed));
        }
        return settled(slice);
    }

    /// Forgets a slice, so that the next can be sent.
    void done() {
        settled.clear();
    }

    private SentSlice settled(ReadSlice slice) {
        List<OutgoingEvent> forwarded = new ArrayList<>();
        List<RefusedEvent> refused = new ArrayList<>();
        for (OutgoingEvent event : slice.events()) {
            if (settled.get(event.place()) instanceof BusResult.Refused(String code)) {
                refused.add(new RefusedEvent(event, code));
            } else {
                forwarded.add(event);
            }
        }
        return new SentSlice(forwarded, refused);
    }
}
