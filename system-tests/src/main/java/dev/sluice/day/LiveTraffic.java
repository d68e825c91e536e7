package dev.sluice.day;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.Delivery;
import dev.sluice.traffic.load.LoadClock;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.LoadRunner;
import dev.sluice.traffic.load.LoadSettings;
import dev.sluice.traffic.load.RetryPolicy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Good events at a steady rate until it is told to stop.
final class LiveTraffic implements AutoCloseable {

    private static final int MOST_IN_FLIGHT = 256;
    private static final Duration LONGER_THAN_ANY_RUN = Duration.ofHours(24);

    private final LoadRunner runner;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<LoadReport> report;

    private LiveTraffic(LoadRunner runner) {
        this.runner = runner;
        this.report = thread.submit(() -> runner.run(_ -> {}));
    }

    /// Visitors that have no part in the day.
    ///
    /// @param seed another than the day's
    static LiveTraffic start(FleetEndpoints fleet, long seed, double rate) {
        TrafficModel model = new TrafficModel(seed, Clock.systemUTC(), TroubleMix.NONE);
        return new LiveTraffic(
                new LoadRunner(
                        new LoadSettings(
                                URI.create(fleet.collectorUrl() + "/v1/events"),
                                fleet.writeKey(),
                                rate,
                                LONGER_THAN_ANY_RUN,
                                MOST_IN_FLIGHT,
                                RetryPolicy.USUAL),
                        model::nextBatch,
                        LoadClock.system()));
    }

    /// Returns when every request is settled.
    ///
    /// @return how many events are owed: those with an acknowledged copy
    long stop() throws InterruptedException {
        runner.stop();
        try {
            return report.get().account().deliveries().values().stream()
                    .map(Delivery::acknowledged)
                    .filter(acknowledged -> acknowledged > 0)
                    .count();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the live traffic failed", e.getCause());
        }
    }

    @Override
    public void close() {
        runner.stop();
        thread.shutdownNow();
    }
}
