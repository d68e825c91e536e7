package dev.sluice.loader.quality;

/// From when on something is worth a person's time.
///
/// @param minEvents of an hour; fewer are not compared
/// @param volumeFactor how many times fewer or more than usual, above 1
/// @param minRejected of an hour; fewer are no finding
/// @param rejectedShare of the events, 0 to 1; and twice what is usual
/// @param nullIncrease of the share of events without a field, 0 to 1
public record QualityLimits(
        long minEvents,
        double volumeFactor,
        long minRejected,
        double rejectedShare,
        double nullIncrease) {}
