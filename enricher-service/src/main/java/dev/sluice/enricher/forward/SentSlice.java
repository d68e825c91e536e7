package dev.sluice.enricher.forward;

import java.util.List;

/// A slice of which the bus has all that it takes: every event is in exactly one of the lists.
///
/// @param forwarded that the bus has
/// @param refused that it will never take
record SentSlice(List<OutgoingEvent> forwarded, List<RefusedEvent> refused) {

    /// @param code the service's name for the reason
    record RefusedEvent(OutgoingEvent event, String code) {}
}
