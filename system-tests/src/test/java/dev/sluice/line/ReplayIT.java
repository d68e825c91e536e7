package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SluiceRun;
import dev.sluice.cli.TapContract;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A time of a running fleet is replayed from its archive: the table stays as it is, however often,
/// and changes exactly where the steps have changed.
class ReplayIT {

    private static final int EVENTS = 600;
    private static final int REFERRED = 100;
    private static final String BOOKS =
            "SELECT SUM(accepted), SUM(loaded), SUM(quarantined), SUM(duplicates),"
                    + " SUM(ABS(difference)) FROM pipeline_books";

    @TempDir static Path folder;

    private final Path data = folder.resolve("data");
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    @Test
    void aReplayChangesWhatHasChangedAndNothingElse() throws Exception {
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
                FleetClient client = new FleetClient(fleet.endpoints())) {
            post(client);
            String books = client.query(BOOKS).getFirst();
            Set<String> live = rows(client, List.of("enriched_ts"));

            replaysToTheSame(client, live, books);
            saysBeforeWhatWouldChange(client);
            changesWhatIsChanged(client);
            bringsBackWhatPassesNow(client);
        }
    }

    private void post(FleetClient client) throws Exception {
        begin = Instant.now();
        for (int batch = 0; batch < 6; batch++) {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < EVENTS / 6; i++) {
                events.add(event(batch * EVENTS / 6 + i));
            }
            send(client, events);
            send(client, events.subList(0, 5)); // copies
        }
        send(client, List.of("{\"event_id\":\"bad\",\"event_type\":\"tap\",\"properties\":{}}"));
        String balanced = "%d|%d|1|30|0".formatted(EVENTS + 31, EVENTS);
        assertThat(client.await(BOOKS, found -> found.equals(List.of(balanced))))
                .containsExactly(balanced);
        assertThat(ArchivedEvents.await(data, "bad")).isTrue();
        end = Instant.now();
    }

    private static String event(int i) {
        return "{\"event_id\":\"e-%d\",\"event_type\":\"page_view\",\"anonymous_id\":\"d-%d\",%s\"context\":{\"page\":{\"url\":\"https://shop.example/%d\"%s}},\"properties\":{\"n\":%d}}"
                .formatted(
                        i,
                        i % 40,
                        i % 40 == 7 ? "\"user_id\":\"u-7\"," : "",
                        i,
                        i < REFERRED ? ",\"referrer\":\"https://www.google.com/\"" : "",
                        i);
    }

    private static void send(FleetClient client, List<String> events) throws Exception {
        assertThat(client.post("[" + String.join(",", events) + "]").statusCode()).isEqualTo(200);
    }

    private void replaysToTheSame(FleetClient client, Set<String> live, String books)
            throws Exception {
        SluiceRun dry = replay("--dry-run");
        assertThat(dry.out())
                .containsPattern(EVENTS + " +would stay the same")
                .containsPattern(" 0 +would change")
                .containsPattern(" 0 +rows would be added")
                .containsPattern(" 0 +rows of that time are not among them");

        SluiceRun first = replay("--tasks", "2");
        assertThat(first.out())
                .containsPattern(EVENTS + " +rows in")
                .containsPattern(" 30 +copies")
                .containsPattern(" 1 +left as they are");
        assertThat(rows(client, List.of("enriched_ts"))).isEqualTo(live);
        Set<String> once = rows(client, List.of());

        replay("--rate", "0");
        assertThat(rows(client, List.of())).isEqualTo(once);
        assertThat(client.query(BOOKS)).containsExactly(books);
        assertThat(client.query("SELECT SUM(replayed_rows) FROM load_batches"))
                .containsExactly(String.valueOf(2 * EVENTS));
    }

    private void saysBeforeWhatWouldChange(FleetClient client) throws SQLException {
        Set<String> before = rows(client, List.of());
        SluiceRun dry = replay("--dry-run", "--setting", "sluice.enricher.off=traffic");
        assertThat(dry.out())
                .containsPattern(EVENTS + " +would change")
                .containsPattern(EVENTS + " +enrichments_skipped")
                .containsPattern(" traffic_channel")
                .containsPattern(REFERRED + " +traffic_source");
        assertThat(rows(client, List.of())).isEqualTo(before);
    }

    private void changesWhatIsChanged(FleetClient client) throws SQLException {
        Set<String> before = rows(client, List.of());
        replay("--setting", "sluice.enricher.off=traffic", "--type", "search");
        assertThat(rows(client, List.of())).isEqualTo(before);

        Set<String> others =
                rows(
                        client,
                        List.of(
                                "enrichments_skipped",
                                "traffic_channel",
                                "traffic_source",
                                "traffic_medium",
                                "traffic_campaign"));
        replay("--setting", "sluice.enricher.off=traffic");
        assertThat(
                        client.query(
                                "SELECT COUNT(*), COUNT(traffic_channel), COUNT(traffic_source)"
                                        + " FROM events"))
                .containsExactly(EVENTS + "|0|0");
        assertThat(
                        rows(
                                client,
                                List.of(
                                        "enrichments_skipped",
                                        "traffic_channel",
                                        "traffic_source",
                                        "traffic_medium",
                                        "traffic_campaign")))
                .isEqualTo(others);

        replay();
        assertThat(rows(client, List.of())).isEqualTo(before);
    }

    private void bringsBackWhatPassesNow(FleetClient client) throws Exception {
        Path contracts = folder.resolve("contracts");
        TapContract.write(
                contracts,
                "1-0-0",
                TapContract.column("force", "integer", "1-0-0", "tap_force", "INTEGER"));
        assertThat(
                        SluiceRun.of(
                                        "schema",
                                        "publish",
                                        "--contracts",
                                        contracts.toString(),
                                        "--data",
                                        data.toString())
                                .exit())
                .isZero();
        assertThat(replay("--dry-run").out()).containsPattern(" 1 +would come back");

        assertThat(replay().out()).containsPattern(" 1 +sent again from the quarantine");

        String balanced = "%d|%d|0|30|0".formatted(EVENTS + 31, EVENTS + 1);
        assertThat(client.await(BOOKS, found -> found.equals(List.of(balanced))))
                .containsExactly(balanced);
        assertThat(client.query("SELECT COUNT(*) FROM quarantined_events")).containsExactly("0");
        end = Instant.now();
        Set<String> before = rows(client, List.of("enriched_ts"));
        assertThat(replay().out()).containsPattern((EVENTS + 1) + " +rows in");
        assertThat(rows(client, List.of("enriched_ts"))).isEqualTo(before);
        assertThat(client.query(BOOKS)).containsExactly(balanced);
    }

    /// All values of all rows but some columns'.
    private static Set<String> rows(FleetClient client, List<String> without) throws SQLException {
        String columns =
                String.join(
                        ", ",
                        client.query(
                                "SELECT column_name FROM information_schema.columns WHERE"
                                        + " table_name = 'events' AND table_schema ="
                                        + " current_schema() ORDER BY 1")
                                .stream()
                                .filter(column -> !without.contains(column))
                                .toList());
        return new TreeSet<>(client.query("SELECT " + columns + " FROM events"));
    }

    private SluiceRun replay(String... options) {
        String[] words =
                Stream.concat(
                                Stream.of(
                                        "replay",
                                        "--data",
                                        data.toString(),
                                        "--from",
                                        begin.toString(),
                                        "--to",
                                        end.toString()),
                                Arrays.stream(options))
                        .toArray(String[]::new);
        SluiceRun run = SluiceRun.of(words);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        return run;
    }
}
