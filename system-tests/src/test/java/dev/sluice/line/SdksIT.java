package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Other vendors' SDKs, with nothing changed but the address they send to: every event is in the
/// warehouse once, with its ids and its time, also if Kinesis is away meanwhile.
class SdksIT {

    private static final int EVENTS = 25;
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final List<String> SDKS = SdkDriver.ALL;

    @TempDir static Path data;
    @TempDir static Path logs;

    private static LocalFleet fleet;
    private static FleetClient client;

    @BeforeAll
    static void start() throws Exception {
        boolean available = SdkDriver.isAvailable();
        assumeTrue(
                available || System.getenv("CI") != null,
                "npm or chromium is not here: the SDKs cannot be tested");
        assertThat(available).as("npm and chromium are there, as .ci/run installs them").isTrue();
        SdkDriver.install(logs);
        fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
        client = new FleetClient(fleet.endpoints());
    }

    @AfterAll
    static void stop() throws Exception {
        if (fleet != null) {
            client.close();
            fleet.close();
        }
    }

    @ParameterizedTest
    @FieldSource("SDKS")
    void deliversEveryEventOnceWithItsIdsAndItsTime(String sdk) throws Exception {
        SdkRows.assertOnce(
                client, SdkDriver.send(sdk, fleet.endpoints(), EVENTS, Duration.ZERO, logs));
    }

    /// All at once, so that the outage is waited for once.
    @Test
    void losesAndDoublesNothingWhileKinesisIsAway() throws Exception {
        List<List<SdkDriver.Sent>> sent = new ArrayList<>();
        try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            fleet.aws().kinesis().goAway();
            CompletableFuture<Void> end =
                    CompletableFuture.runAsync(
                            () -> fleet.aws().kinesis().comeBack(),
                            CompletableFuture.delayedExecutor(
                                    OUTAGE.toSeconds(), TimeUnit.SECONDS));
            List<Callable<List<SdkDriver.Sent>>> calls = new ArrayList<>();
            for (String sdk : SDKS) {
                calls.add(
                        () ->
                                SdkDriver.send(
                                        sdk,
                                        fleet.endpoints(),
                                        EVENTS,
                                        OUTAGE.plusSeconds(5),
                                        logs));
            }
            for (Future<List<SdkDriver.Sent>> call : drivers.invokeAll(calls)) {
                sent.add(call.get());
            }
            end.join();
        }
        for (List<SdkDriver.Sent> events : sent) {
            SdkRows.assertOnce(client, events);
        }
    }

    @Test
    void servesAValidOpenApiDocument() throws Exception {
        assertThat(SdkDriver.checkOpenApi(fleet.endpoints().collectorUrl() + "/openapi.yaml", logs))
                .contains("valid OpenAPI 3.1");
    }
}
