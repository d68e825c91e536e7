package dev.sluice.traffic.load;

import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What was sent and what became of it, for every single event. Takes about 200 bytes of heap an
/// event, so ten minutes at 10,000 events a second need 1.2 GB.
public final class DeliveryAccount {

    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unknown = new LongAdder();

    void sent(PlannedBatch batch) {
        for (PlannedEvent event : batch.events()) {
            deliveries.computeIfAbsent(
                    event.eventId(), id -> new Delivery(id, event.expectation(), 0, 0, 0, 0));
        }
        sent.add(batch.events().size());
    }

    void retried() {
        retries.increment();
    }

    void settled(PlannedBatch batch, Outcome outcome, int unansweredTries) {
        for (PlannedEvent event : batch.events()) {
            deliveries.computeIfPresent(
                    event.eventId(), (id, delivery) -> delivery.settled(outcome, unansweredTries));
        }
        adder(outcome).add(batch.events().size());
    }

    /// By event id; a view that follows the run.
    public Map<String, Delivery> deliveries() {
        return Collections.unmodifiableMap(deliveries);
    }

    /// As of now. Sent is read last, so that what is in flight is never negative.
    public Totals totals() {
        long settledWell = acknowledged.sum();
        long settledBadly = refused.sum();
        long unsettled = unknown.sum();
        return new Totals(sent.sum(), settledWell, settledBadly, unsettled, retries.sum());
    }

    private LongAdder adder(Outcome outcome) {
        return switch (outcome) {
            case ACKNOWLEDGED -> acknowledged;
            case REFUSED -> refused;
            case UNKNOWN -> unknown;
        };
    }
}
