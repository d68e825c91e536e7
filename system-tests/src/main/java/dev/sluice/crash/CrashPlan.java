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
public record CrashPlan(long seed, Duration duration, double rate, Path data, FleetShape shape) {

    /// The command that does the same again.
    public String replay() {
        return "./sluice crash --duration %ds --seed %d --rate %.0f"
                .formatted(duration.toSeconds(), seed, rate);
    }
}
