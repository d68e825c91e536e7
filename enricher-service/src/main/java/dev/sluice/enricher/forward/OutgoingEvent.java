package dev.sluice.enricher.forward;

import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.EventBus;

/// A domain event on its way.
///
/// @param place where it was read: shard, sequence number and line, `shardId-000000000000/495-3`
/// @param rule that made it
/// @param event as the bus is given it
record OutgoingEvent(String place, String rule, BusEvent event) implements EventBus.HasBusEvent {

    @Override
    public String toString() {
        return "OutgoingEvent[" + rule + " at " + place + "]";
    }
}
