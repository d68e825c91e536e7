package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.Delivery;
import dev.sluice.traffic.load.DeliveryAccount;
import dev.sluice.traffic.load.LoadClock;
import dev.sluice.traffic.load.LoadRunner;
import dev.sluice.traffic.load.LoadSettings;
import dev.sluice.traffic.load.RetryPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// The hardest crash there is: the one process that runs everything is killed in the middle.
class KilledFleetIT {

    private static final double RATE = 400;
    private static final int KILL_AFTER_SECONDS = 6;

    @TempDir Path data;

    @Test
    void everyEventAnsweredWith200IsInTheWarehouseOnceAfterAKillAndARestart() throws Exception {
        DeliveryAccount account;
        try (FleetProcess fleet = FleetProcess.start(data)) {
            account = postUntilKilled(fleet);
        }
        Set<String> owed = owed(account);
        assertThat(owed).hasSizeGreaterThan((int) RATE);

        try (FleetProcess fleet = FleetProcess.start(data);
                FleetClient client = new FleetClient(fleet.endpoints())) {
            String all = "SELECT event_id FROM events";
            List<String> rows = client.await(all, found -> Set.copyOf(found).containsAll(owed));

            Set<String> lost = new TreeSet<>(owed);
            rows.forEach(lost::remove);
            assertThat(lost).as("answered with 200 and not in the warehouse").isEmpty();
            assertThat(rows).as("no event has two rows").doesNotHaveDuplicates();
            assertThat(FleetClient.duckDb(data, "SELECT COUNT(DISTINCT tenant_id || event_id)"))
                    .isEqualTo(client.query("SELECT COUNT(*) FROM events").getFirst());
            assertThat(fleet.stop()).as("a drained stop").isZero();
        }
    }

    private static DeliveryAccount postUntilKilled(FleetProcess fleet) throws Exception {
        FleetEndpoints endpoints = fleet.endpoints();
        TrafficModel traffic = new TrafficModel(7, Clock.systemUTC(), TroubleMix.NONE);
        LoadRunner runner =
                new LoadRunner(
                        new LoadSettings(
                                URI.create(endpoints.collectorUrl() + "/v1/events"),
                                endpoints.writeKey(),
                                RATE,
                                Duration.ofMinutes(1),
                                64,
                                new RetryPolicy(
                                        1,
                                        Duration.ofMillis(100),
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(10))),
                        traffic::nextBatch,
                        LoadClock.system());
        AtomicBoolean killed = new AtomicBoolean();
        return runner.run(
                        progress -> {
                            boolean due = progress.elapsed().toSeconds() >= KILL_AFTER_SECONDS;
                            if (due && killed.compareAndSet(false, true)) {
                                fleet.kill();
                                runner.stop();
                            }
                        })
                .account();
    }

    private static Set<String> owed(DeliveryAccount account) {
        return account.deliveries().values().stream()
                .filter(delivery -> delivery.acknowledged() > 0)
                .filter(delivery -> delivery.expectation() instanceof Expectation.Loaded)
                .map(Delivery::eventId)
                .collect(Collectors.toSet());
    }
}
