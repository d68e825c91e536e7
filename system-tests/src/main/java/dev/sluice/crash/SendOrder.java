package dev.sluice.crash;

import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The order in which each device sends its events. Filled by one thread before they are sent.
final class SendOrder {

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Integer> next = new HashMap<>();

    /// @param number of the event among those of its device, from 0
    record Place(String device, int number) {}

    /// Notes a batch; copies keep the place of what they copy.
    PlannedBatch planned(PlannedBatch batch) {
        for (PlannedEvent event : batch.events()) {
            if (!places.containsKey(event.eventId())) {
                int number = next.merge(batch.anonymousId(), 1, Integer::sum) - 1;
                places.put(event.eventId(), new Place(batch.anonymousId(), number));
            }
        }
        return batch;
    }

    @Nullable Place of(String eventId) {
        return places.get(eventId);
    }
}
