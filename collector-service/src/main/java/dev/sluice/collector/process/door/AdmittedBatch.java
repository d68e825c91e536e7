package dev.sluice.collector.process.door;

import java.util.List;

/// The events of one request, good and bad, in their order.
///
/// @param events all of them; the receipts of bad ones carry a refusal
/// @param accepted how many are good
/// @param results of those that were not plainly accepted
public record AdmittedBatch(List<AdmittedEvent> events, int accepted, List<EventResult> results) {

    public AdmittedBatch {
        events = List.copyOf(events);
        results = List.copyOf(results);
    }

    public int received() {
        return events.size();
    }

    public int refused() {
        return events.size() - accepted;
    }
}
