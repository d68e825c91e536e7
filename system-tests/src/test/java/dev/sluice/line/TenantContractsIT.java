package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.SluiceRun;
import dev.sluice.cli.TapContract;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What tenants have of their own, on a running fleet: contracts, and what becomes of other types.
class TenantContractsIT {

    private static final String KEYS = "sluice.collector.keys.file";
    private static final String OWNER = "demo";
    private static final String OTHER = "travel";
    private static final String FILLED = "1-0-0|index|\"index\"";
    private static final String EMPTY = "1-0-0|null|\"index\"";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path data;
    @TempDir static Path keys;
    @TempDir Path contracts;

    static LocalFleet fleet;
    static FleetClient owner;
    static FleetClient other;

    private int posted;

    @BeforeAll
    static void start() throws Exception {
        Path file = keys.resolve("keys.json");
        SluiceRun key =
                SluiceRun.of(
                        "keys",
                        "create",
                        "--file",
                        file.toString(),
                        "--tenant",
                        OTHER,
                        "--source",
                        "web");
        assertThat(key.exit()).as(key.err()).isZero();
        System.setProperty(KEYS, file.toString());
        fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
        owner = new FleetClient(fleet.endpoints());
        other = new FleetClient(fleet.endpoints(), key.out().strip());
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(KEYS);
        other.close();
        owner.close();
        fleet.close();
    }

    @Test
    void eachTenantHasItsOwnTypesAndSaysWhatBecomesOfOthers() throws Exception {
        TapContract.write(
                OWNER,
                contracts,
                "1-0-0",
                TapContract.FORCE,
                TapContract.column("finger", "string", "1-0-0", "tap_finger", "VARCHAR(64)"));
        assertThat(ofOwner("publish").out()).contains("new: tenants/demo/tap/1-0-0");
        await().atMost(SOON).until(() -> isLoadedAfterOneMore(owner, OWNER));
        assertThat(taps(OWNER)).containsExactly(FILLED);

        other.post(tap("refused"));
        assertThat(
                        other.await(
                                "SELECT reason FROM quarantined_events WHERE tenant_id = 'travel'"
                                        + " AND event_id = 'refused'",
                                rows -> !rows.isEmpty()))
                .containsExactly("unknown_type");
        assertThat(schema("policy", "--tenant", OTHER).out()).contains("no policy");

        assertThat(schema("policy", "--tenant", OTHER, "--unknown-types", "accept").out())
                .contains("published at");
        await().atMost(SOON).until(() -> isLoadedAfterOneMore(other, OTHER));
        assertThat(schema("policy", "--tenant", OTHER).out()).isEqualToIgnoringNewLines("accept");
        assertThat(taps(OTHER)).containsExactly(EMPTY);
        replayWhatWasRefused();

        whatBreaksIsRefused();
    }

    /// The quarantine's tool knows the policy too.
    private void replayWhatWasRefused() throws Exception {
        SluiceRun replay =
                SluiceRun.of(
                        "quarantine",
                        "--data",
                        data.toString(),
                        "replay",
                        "--tenant",
                        OTHER,
                        "--reason",
                        "unknown_type");
        assertThat(replay.exit()).as(replay.err()).isZero();
        assertThat(
                        other.await(
                                "SELECT tenant_id FROM events WHERE event_id = 'refused'",
                                rows -> !rows.isEmpty()))
                .containsExactly(OTHER);
    }

    private void whatBreaksIsRefused() throws Exception {
        TapContract.write(OWNER, contracts, "1-0-1", TapContract.field("force", "string", "1-0-0"));
        SluiceRun breaking = ofOwner("publish");
        assertThat(breaking.exit()).isEqualTo(1);
        assertThat(breaking.err())
                .contains(
                        "tenants/demo/tap/1-0-1: /properties/force type is string, before integer");

        Path common = contracts.resolve("common");
        TapContract.write(common, "1-0-0", TapContract.FORCE);
        SluiceRun hiding = schema("publish", "--contracts", common.toString());
        assertThat(hiding.exit()).isEqualTo(1);
        assertThat(hiding.err())
                .contains("event type tap is a common one and added by tenant demo");
    }

    private SluiceRun ofOwner(String command) {
        return schema(command, "--tenant", OWNER, "--contracts", contracts.toString());
    }

    private static SluiceRun schema(String... arguments) {
        List<String> words = new ArrayList<>(List.of("schema"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--data", data.toString()));
        return SluiceRun.of(words.toArray(String[]::new));
    }

    private boolean isLoadedAfterOneMore(FleetClient client, String tenant) throws Exception {
        client.post(tap("tap-" + posted++));
        String rows = "SELECT COUNT(*) FROM events WHERE event_type = 'tap' AND tenant_id = '";
        return !client.query(rows + tenant + "'").contains("0");
    }

    private static List<String> taps(String tenant) throws Exception {
        return owner.query(
                "SELECT DISTINCT schema_version, tap_finger, properties.finger FROM events"
                        + " WHERE event_type = 'tap' AND tenant_id = '"
                        + tenant
                        + "'");
    }

    private static String tap(String id) {
        return "{\"event_id\":\"%s\",\"event_type\":\"tap\",\"properties\":{\"force\":3,\"finger\":\"index\"}}"
                .formatted(id);
    }
}
