package dev.sluice.collector.process.body;

import org.jspecify.annotations.Nullable;

/// The top-level fields that the door looks at. Null, absent and empty are one.
public record EventFields(
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String sessionId) {

    /// Of an element that could not be read.
    public static final EventFields NONE = new EventFields(null, null, null, null, null);
}
