package dev.sluice.traffic.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where to, how fast and how long.
///
/// @param collectors addresses that take events, such as `http://127.0.0.1:8080/v1/events`; they
// take
///     turns, and a try that failed is followed by one at the next
/// @param writeKey sent as `Authorization: Bearer`
/// @param eventsPerSecond to be reached however the collector answers
/// @param duration after which nothing new is sent
/// @param maxInFlight requests that may wait for their answer at once; a batch that is due beyond
///     that is held back, and its waiting counts as latency
public record LoadSettings(
        List<URI> collectors,
        String writeKey,
        double eventsPerSecond,
        Duration duration,
        int maxInFlight,
        RetryPolicy retries) {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException naming the one that is out of range
    public LoadSettings {
        collectors = List.copyOf(collectors);
        if (collectors.isEmpty()) {
            throw new IllegalArgumentException("there is no collector to post to");
        }
        if (!(eventsPerSecond > 0 && eventsPerSecond <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "eventsPerSecond must be above 0 and at most 1000000, not " + eventsPerSecond);
        }
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("duration must be positive, not " + duration);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "maxInFlight must be at least 1, not " + maxInFlight);
        }
    }

    /// With one collector.
    public LoadSettings(
            URI events,
            String writeKey,
            double eventsPerSecond,
            Duration duration,
            int maxInFlight,
            RetryPolicy retries) {
        this(List.of(events), writeKey, eventsPerSecond, duration, maxInFlight, retries);
    }

    /// Without the write key.
    @Override
    public String toString() {
        return "LoadSettings[%s, writeKey=[REDACTED], %s events/s for %s]"
                .formatted(collectors, eventsPerSecond, duration);
    }
}
