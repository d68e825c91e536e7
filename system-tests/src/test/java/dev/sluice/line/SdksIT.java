package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Other vendors' SDKs, with nothing changed but the address they send to: every event is in the
/// warehouse once, with its ids and its time.
class SdksIT {

    private static final int EVENTS = 25;
    private static final DateTimeFormatter WAREHOUSE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSS][.SS][.S]");

    @TempDir static Path data;
    @TempDir static Path logs;

    private static LocalFleet fleet;
    private static FleetClient client;

    @BeforeAll
    static void start() throws Exception {
        boolean node = SdkDriver.isThereNode();
        assumeTrue(
                node || System.getenv("CI") != null, "npm is not here: the SDKs cannot be tested");
        assertThat(node).as("npm is there, as .ci/run installs it").isTrue();
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
    @ValueSource(
            strings = {
                "segment-node",
                "segment-node-legacy",
                "rudder-node",
                "snowplow-node",
                "cloudevents",
                "posthog-node",
                "posthog-node-v1"
            })
    void deliversEveryEventOnceWithItsIdsAndItsTime(String sdk) throws Exception {
        List<SdkDriver.Sent> sent =
                SdkDriver.send(sdk, fleet.endpoints(), EVENTS, Duration.ZERO, logs);
        String run = sent.getFirst().run();

        List<String> rows =
                client.await(
                        "SELECT properties.seq, user_id, anonymous_id, client_event_ts FROM events"
                                + " WHERE user_id LIKE 'u-"
                                + run
                                + "-%' ORDER BY CAST(properties.seq AS INT)",
                        found -> found.size() >= EVENTS);

        List<String> ids = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i).split("\\|", -1);
            ids.add(String.join("|", row[0], row[1], row[2]));
            assertThat(instant(row[3]).toEpochMilli())
                    .isCloseTo(sent.get(i).time().toEpochMilli(), within(1000L));
        }
        assertThat(ids)
                .containsExactlyElementsOf(
                        sent.stream()
                                .map(
                                        event ->
                                                event.seq()
                                                        + "|"
                                                        + event.user()
                                                        + "|"
                                                        + event.anonymous())
                                .toList());
    }

    private static Instant instant(String warehouseTime) {
        return LocalDateTime.parse(warehouseTime, WAREHOUSE_TIME).toInstant(ZoneOffset.UTC);
    }
}
