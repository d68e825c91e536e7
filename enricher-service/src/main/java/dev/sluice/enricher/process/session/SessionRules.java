package dev.sluice.enricher.process.session;

import java.time.Duration;
import java.util.Set;

/// When a session ends, and for how long it is remembered.
///
/// @param inactivity between two events of a session at most, in event time
/// @param watermark a session is remembered for this long, in receipt time, after an event came to
///     it, so that what comes late or out of order finds it
/// @param deviceMemory a device is remembered for this long after its last event, to count its
///     sessions
/// @param reportEvery how often sessions that have changed are reported, in receipt time
/// @param conversions types of events that count as conversions
/// @param newOnCampaign whether another campaign begins another session
/// @param newAtMidnight whether another day (UTC) begins another session
/// @param mostDevices of one shard; beyond them those that were not seen for the longest time are
///     forgotten
public record SessionRules(
        Duration inactivity,
        Duration watermark,
        Duration deviceMemory,
        Duration reportEvery,
        Set<String> conversions,
        boolean newOnCampaign,
        boolean newAtMidnight,
        int mostDevices) {

    /// @throws IllegalArgumentException that names what is out of its bounds
    public SessionRules {
        conversions = Set.copyOf(conversions);
        requirePositive("inactivity", inactivity);
        requirePositive("watermark", watermark);
        requirePositive("report-every", reportEvery);
        if (deviceMemory.compareTo(watermark.plus(inactivity)) < 0) {
            throw new IllegalArgumentException(
                    "device-memory %s is shorter than watermark %s and inactivity %s together"
                            .formatted(deviceMemory, watermark, inactivity));
        }
        if (mostDevices < 1) {
            throw new IllegalArgumentException("most-devices must be positive: " + mostDevices);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
