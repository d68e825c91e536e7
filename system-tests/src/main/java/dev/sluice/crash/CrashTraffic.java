package dev.sluice.crash;

import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.Delivery;
import dev.sluice.traffic.load.LoadClock;
import dev.sluice.traffic.load.LoadProgress;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.LoadRunner;
import dev.sluice.traffic.load.LoadSettings;
import dev.sluice.traffic.load.RetryPolicy;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Known events for every collector of a fleet, sent as patient SDKs do: what was not acknowledged
/// is sent again, with the same ids, to the next collector.
public final class CrashTraffic {

    private static final int MOST_IN_FLIGHT = 256;

    /// Through the longest outage there is, so that nearly everything is acknowledged in the end.
    private static final RetryPolicy PATIENT =
            new RetryPolicy(
                    400, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(6));

    private final SendOrder order = new SendOrder();
    private final LoadRunner runner;
    private volatile Map<String, Delivery> deliveries = Map.of();

    /// @param rate events a second, for this long
    public CrashTraffic(
            ProcessFleet fleet, long seed, TroubleMix troubles, double rate, Duration duration) {
        TrafficModel model = new TrafficModel(seed, Clock.systemUTC(), troubles);
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
    public LoadReport run(Consumer<LoadProgress> progress) throws InterruptedException {
        LoadReport report = runner.run(progress);
        deliveries = report.account().deliveries();
        return report;
    }

    /// Leaves what was answered until now out of the report's answers.
    void forgetAnswers() {
        runner.forgetAnswers();
    }

    /// Nothing new is sent from now on.
    public void stop() {
        runner.stop();
    }

    /// What was sent and what its senders were told; nothing before the end of the run.
    Map<String, Delivery> deliveries() {
        return deliveries;
    }

    SendOrder order() {
        return order;
    }
}
