package dev.sluice.validator.process.time;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What is known of the time of an event.
public sealed interface EventTime {

    /// @param eventTs when it happened, by the collector's clock
    /// @param clientEventTs the same by the sender's clock, as it said
    /// @param sentTs when it was sent by the sender's clock, as it said
    record Known(Instant eventTs, @Nullable Instant clientEventTs, @Nullable Instant sentTs)
            implements EventTime {}

    /// @param why names the field and the bound, never the value
    record Impossible(String why) implements EventTime {}
}
