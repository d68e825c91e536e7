package dev.sluice.cli;

import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.LoadClock;
import dev.sluice.traffic.load.LoadRunner;
import dev.sluice.traffic.load.LoadSettings;
import dev.sluice.traffic.load.RetryPolicy;

import picocli.CommandLine.Option;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/// How much traffic, for how long.
final class TrafficOptions {

    private static final int MAX_IN_FLIGHT = 256;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "events a second (default: ${DEFAULT-VALUE})")
    double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Span.class,
            description = "how long, such as 90s or 5m (default: ${DEFAULT-VALUE})")
    Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "the same seed makes the same visitors (default: ${DEFAULT-VALUE})")
    long seed;

    LoadRunner runner(URI events, String writeKey) {
        TrafficModel traffic = new TrafficModel(seed, Clock.systemUTC(), TroubleMix.USUAL);
        return new LoadRunner(
                new LoadSettings(
                        events, writeKey, rate, duration, MAX_IN_FLIGHT, RetryPolicy.USUAL),
                traffic::nextBatch,
                LoadClock.system());
    }
}
