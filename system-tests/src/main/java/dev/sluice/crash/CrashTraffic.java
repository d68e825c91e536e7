package dev.sluice.crash;

import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.LoadClock;
import dev.sluice.traffic.load.LoadProgress;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.LoadRunner;
import dev.sluice.traffic.load.LoadSettings;
import dev.sluice.traffic.load.RetryPolicy;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/// Known events for every collector of a fleet, sent as patient SDKs do: what was not acknowledged
/// is sent again, with the same ids, to the next collector.
final class CrashTraffic {

    private static final int MOST_IN_FLIGHT = 256;

    /// Through the longest outage there is, so that nearly everything is acknowledged in the end.
    private static final RetryPolicy PATIENT =
            new RetryPolicy(
                    400, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(6));

    private final SendOrder order = new SendOrder();
    private final LoadRunner runner;

    CrashTraffic(ProcessFleet fleet, long seed, double rate, Duration duration) {
        TrafficModel model = new TrafficModel(seed, Clock.systemUTC(), TroubleMix.USUAL);
        LoadSettings settings =
                new LoadSettings(
                        fleet.collectors(),
                        fleet.endpoints().writeKey(),
                        rate,
                        duration,
                        MOST_IN_FLIGHT,
                        PATIENT);
        this.runner =
                new LoadRunner(
                        settings, () -> order.planned(model.nextBatch()), LoadClock.system());
    }

    /// Returns when everything is settled.
    LoadReport run(Consumer<LoadProgress> progress) throws InterruptedException {
        return runner.run(progress);
    }

    SendOrder order() {
        return order;
    }
}
