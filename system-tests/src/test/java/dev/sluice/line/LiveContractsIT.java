package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.SluiceRun;
import dev.sluice.cli.TapContract;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;
import dev.sluice.runtime.objects.ObjectSummary;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Contracts on a running fleet: published, refused, lost.
class LiveContractsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path data;
    @TempDir Path contracts;

    static LocalFleet fleet;
    static FleetClient client;

    private int posted;

    @BeforeAll
    static void start() throws Exception {
        fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
        client = new FleetClient(fleet.endpoints());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        fleet.close();
    }

    @Test
    void newOnesGoLiveBreakingOnesAreRefusedAndLostOnesHarmNobody() throws Exception {
        TapContract.write(contracts, "1-0-0", TapContract.FORCE);
        assertThat(publish().out()).contains("new: tap/1-0-0", "1 of 1 published");
        await().atMost(SOON).until(() -> versionsAfterOneMore().contains("1-0-0"));

        TapContract.write(contracts, "1-0-1", TapContract.field("force", "string", "1-0-0"));
        SluiceRun breaking = publish();
        assertThat(breaking.exit()).isEqualTo(1);
        assertThat(breaking.err()).contains("/properties/force type is string, before integer");

        TapContract.write(
                contracts,
                "1-0-1",
                TapContract.FORCE,
                TapContract.column("finger", "string", "1-0-1", "tap_finger", "VARCHAR(64)"));
        assertThat(publish().out()).contains("new: tap/1-0-1");
        await().atMost(SOON).until(() -> versionsAfterOneMore().contains("1-0-1"));
        assertThat(
                        client.query(
                                "SELECT DISTINCT tap_finger, properties.finger FROM events"
                                        + " WHERE schema_version = '1-0-1' AND event_type = 'tap'"))
                .containsExactly("index|\"index\"");

        loseTheRegistry();
        await().atMost(SOON).until(() -> validatorHealth().contains("contracts/ has no contracts"));
        client.post(
                IntStream.range(0, 20)
                        .mapToObj(i -> tap("after-" + i))
                        .collect(Collectors.joining(",", "[", "]")));
        List<String> rows =
                client.await(
                        "SELECT COUNT(*), MIN(schema_version) FROM events"
                                + " WHERE event_id LIKE 'after-%'",
                        found -> found.getFirst().startsWith("20|"));
        assertThat(rows).containsExactly("20|1-0-1");
    }

    private SluiceRun publish() {
        return SluiceRun.of(
                "schema",
                "publish",
                "--contracts",
                contracts.toString(),
                "--data",
                data.toString());
    }

    private List<String> versionsAfterOneMore() throws Exception {
        client.post(tap("tap-" + posted++));
        return client.query("SELECT DISTINCT schema_version FROM events WHERE event_type = 'tap'");
    }

    private static String tap(String id) {
        return "{\"event_id\":\"%s\",\"event_type\":\"tap\",\"properties\":{\"force\":3,\"finger\":\"index\"}}"
                .formatted(id);
    }

    private static String validatorHealth() throws Exception {
        String url = fleet.endpoints().services().get("validator") + "/actuator/health";
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url)).timeout(SOON).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void loseTheRegistry() {
        try (FleetBucket bucket = FleetBucket.of(fleet.endpoints());
                Stream<ObjectSummary> found = bucket.objects().list("contracts/")) {
            List<ObjectSummary> all = found.toList();
            assertThat(all).hasSizeGreaterThan(20);
            all.forEach(object -> bucket.objects().delete(object.key()));
        }
    }
}
