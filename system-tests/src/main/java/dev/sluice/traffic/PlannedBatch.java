package dev.sluice.traffic;

import java.util.List;

/// What one device posts in one request.
///
/// @param anonymousId names the device
/// @param events 1 to {@value #MAX_EVENTS}, in the order in which they happened but for late ones
///     and copies
/// @param format how the body is written
/// @param gzip whether the body is compressed
public record PlannedBatch(
        String anonymousId, List<PlannedEvent> events, BodyFormat format, boolean gzip) {

    /// The most events a batch holds.
    public static final int MAX_EVENTS = 50;

    public PlannedBatch {
        events = List.copyOf(events);
    }
}
