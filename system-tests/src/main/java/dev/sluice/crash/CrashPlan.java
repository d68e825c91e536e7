package dev.sluice.crash;

import dev.sluice.fleet.FleetShape;

import java.nio.file.Path;
import java.time.Duration;

/// What a crash run is asked to do.
///
/// @param seed decides what happens when, and what is posted
/// @param duration of the traffic; what begins and drains comes on top
/// @param rate events a second
/// @param data an empty folder; everything is kept there
/// @param everything whether replays and compactions of the same events run beside, and are killed
public record CrashPlan(
        long seed,
        Duration duration,
        double rate,
        Path data,
        FleetShape shape,
        boolean everything) {

    /// Only the fleet.
    public CrashPlan(long seed, Duration duration, double rate, Path data, FleetShape shape) {
        this(seed, duration, rate, data, shape, false);
    }

    /// The command that does the same again.
    public String replay() {
        return "./sluice crash --duration %ds --seed %d --rate %.0f%s"
                .formatted(duration.toSeconds(), seed, rate, everything ? " --everything" : "");
    }
}
