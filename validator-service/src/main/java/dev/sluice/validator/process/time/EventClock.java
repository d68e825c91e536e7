package dev.sluice.validator.process.time;

import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Brings the sender's times onto the collector's clock and holds them against the bounds.
///
/// A sender that says when it sent tells its clock's error: `event_ts = received - (sent - event)`,
/// as Segment's and Snowplow's pipelines correct it. A sender that does not is believed. An event
/// without a time happened when it was received.
public final class EventClock {

    private final TimeBounds bounds;

    public EventClock(TimeBounds bounds) {
        this.bounds = bounds;
    }

    /// @param event the sender's `event_ts`
    /// @param sent the sender's `sent_ts`
    public EventTime at(Instant received, @Nullable String event, @Nullable String sent) {
        Optional<Instant> happened = parse(event);
        Optional<Instant> dispatched = parse(sent);
        if (event != null && happened.isEmpty()) {
            return new EventTime.Impossible("event_ts is no RFC 3339 time");
        }
        if (sent != null && dispatched.isEmpty()) {
            return new EventTime.Impossible("sent_ts is no RFC 3339 time");
        }
        Instant corrected =
                happened.map(time -> corrected(received, time, dispatched.orElse(null)))
                        .orElse(received);
        if (corrected.isAfter(received.plus(bounds.maxAhead()))) {
            return new EventTime.Impossible(
                    "event_ts is more than " + bounds.maxAhead() + " after its receipt");
        }
        if (corrected.isBefore(received.minus(bounds.maxAge()))) {
            return new EventTime.Impossible(
                    "event_ts is more than " + bounds.maxAge() + " before its receipt");
        }
        return new EventTime.Known(corrected, happened.orElse(null), dispatched.orElse(null));
    }

    private static Instant corrected(Instant received, Instant event, @Nullable Instant sent) {
        return sent == null ? event : received.minus(Duration.between(event, sent));
    }

    private static Optional<Instant> parse(@Nullable String text) {
        return text == null ? Optional.empty() : Timestamps.parse(text);
    }
}
