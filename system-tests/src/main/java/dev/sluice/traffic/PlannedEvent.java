package dev.sluice.traffic;

import java.time.Instant;

/// One event as a client posts it.
///
/// @param eventId the id inside the event
/// @param eventType the type inside the event
/// @param json the event, one JSON object without line breaks; not to be changed
/// @param expectation what must become of it
/// @param happenedAt when it happened, by the true time and not by the clock of the device
/// @param copy whether the very same event was planned before
public record PlannedEvent(
        String eventId,
        String eventType,
        byte[] json,
        Expectation expectation,
        Instant happenedAt,
        boolean copy) {

    PlannedEvent repeated() {
        return new PlannedEvent(eventId, eventType, json, expectation, happenedAt, true);
    }
}
