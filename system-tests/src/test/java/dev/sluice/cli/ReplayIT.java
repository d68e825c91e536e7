package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;
import dev.sluice.line.ArchivedEvents;
import dev.sluice.line.FleetClient;
import dev.sluice.loader.warehouse.StagedComparison;
import dev.sluice.replay.ItemCounts;
import dev.sluice.replay.ReplayParts;
import dev.sluice.replay.ReplayPlan;
import dev.sluice.replay.ReplayRun;
import dev.sluice.replay.ReplayedFiles;
import dev.sluice.replay.Stage;
import dev.sluice.replay.WorkItems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private int plans;
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    @Test
    void aReplayChangesWhatHasChangedAndNothingElse() throws Exception {
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
                FleetClient client = new FleetClient(fleet.endpoints())) {
            post(client);
            String books = client.query(BOOKS).getFirst();
            Set<String> live = rows(client, List.of("enriched_ts"));

            try (ReplayAccess same = ReplayAccess.open(data, Map.of(), true);
                    ReplayAccess withoutTraffic =
                            ReplayAccess.open(
                                    data, Map.of("sluice.enricher.off", "traffic"), true)) {
                replaysToTheSame(same, client, live, books);
                changesWhatIsChanged(same, withoutTraffic, client);
            }
            goesOnAsItBegan();
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

    private void goesOnAsItBegan() throws Exception {
        SluiceRun began = command("--dry-run", "--setting", "sluice.enricher.off=traffic");
        Matcher id = Pattern.compile("replay (\\S+) of what").matcher(began.out());
        assertThat(id.find()).isTrue();
        String[] words = {"replay", "--data", data.toString(), "--resume", id.group(1)};

        SluiceRun other =
                SluiceRun.of(
                        Stream.concat(Arrays.stream(words), Stream.of("--tenant", "other"))
                                .toArray(String[]::new));
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("did not begin with this --tenant");

        SluiceRun again = SluiceRun.of(words);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("of dry run " + id.group(1) + " 0 are left");
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

    private void replaysToTheSame(
            ReplayAccess same, FleetClient client, Set<String> live, String books)
            throws Exception {
        assertThat(difference(same))
                .isEqualTo(new StagedComparison.Difference(0, 0, EVENTS, 0, 0, Map.of()));
        assertThat(rows(client, List.of("enriched_ts"))).isEqualTo(live);

        ItemCounts first = replay(same, 2);
        assertThat(first.rows()).isEqualTo(EVENTS);
        assertThat(first.duplicates()).isEqualTo(30);
        assertThat(first.left()).isEqualTo(1);
        assertThat(rows(client, List.of("enriched_ts"))).isEqualTo(live);
        Set<String> once = rows(client, List.of());

        replay(same, 1);
        assertThat(rows(client, List.of())).isEqualTo(once);
        assertThat(client.query(BOOKS)).containsExactly(books);
        assertThat(client.query("SELECT SUM(replayed_rows) FROM load_batches"))
                .containsExactly(String.valueOf(2 * EVENTS));
    }

    private void changesWhatIsChanged(
            ReplayAccess same, ReplayAccess withoutTraffic, FleetClient client) throws Exception {
        Set<String> before = rows(client, List.of());
        StagedComparison.Difference told = difference(withoutTraffic);
        assertThat(told.changed()).isEqualTo(EVENTS);
        assertThat(told.changedByColumn())
                .containsEntry("enrichments_skipped", (long) EVENTS)
                .containsEntry("traffic_source", (long) REFERRED)
                .containsKey("traffic_channel");
        assertThat(rows(client, List.of())).isEqualTo(before);

        List<String> changing = List.copyOf(told.changedByColumn().keySet());
        Set<String> others = rows(client, changing);
        replay(withoutTraffic, 1);
        assertThat(rows(client, changing)).isEqualTo(others);
        assertThat(client.query("SELECT COUNT(*), COUNT(traffic_channel) FROM events"))
                .containsExactly(EVENTS + "|0");

        replay(same, 1);
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
        assertThat(command().out()).containsPattern(" 1 +sent again from the quarantine");

        String balanced = "%d|%d|0|30|0".formatted(EVENTS + 31, EVENTS + 1);
        assertThat(client.await(BOOKS, found -> found.equals(List.of(balanced))))
                .containsExactly(balanced);
        assertThat(client.query("SELECT COUNT(*) FROM quarantined_events")).containsExactly("0");
    }

    /// What a replay would change.
    private StagedComparison.Difference difference(ReplayAccess access) throws Exception {
        ReplayPlan plan = plan(1, true);
        ItemCounts counts = run(plan, access, 1);
        ReplayedFiles files = new ReplayedFiles(plan, access.objects(), access.warehouse());
        StagedComparison.Difference difference =
                files.difference(access.layout(), counts.files()).orElseThrow();
        files.remove();
        return difference;
    }

    /// Returns when its files are loaded.
    private ItemCounts replay(ReplayAccess access, int tasks) throws Exception {
        ReplayPlan plan = plan(tasks, false);
        ItemCounts counts = run(plan, access, tasks);
        ReplayedFiles files = new ReplayedFiles(plan, access.objects(), access.warehouse());
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> files.loaded() == counts.files());
        return counts;
    }

    private static ItemCounts run(ReplayPlan plan, ReplayAccess access, int tasks)
            throws Exception {
        WorkItems items = access.items();
        assertThat(items.plan(plan)).isTrue();
        ReplayParts parts = access.parts(items, 0, Duration.ofMinutes(1));
        return ReplayRun.of(plan, parts, access.warehouse()).run(tasks, _ -> {});
    }

    private ReplayPlan plan(int tasks, boolean dryRun) {
        return new ReplayPlan(
                "it-" + plans++,
                begin,
                end,
                Duration.ofHours(1),
                Duration.ofHours(6),
                tasks,
                null,
                null,
                Stage.LOAD,
                dryRun,
                Map.of());
    }

    /// All values of all rows but some columns'.
    private static Set<String> rows(FleetClient client, List<String> without) throws SQLException {
        String columns =
                String.join(
                        ", ",
                        client
                                .query(
                                        "SELECT column_name FROM information_schema.columns WHERE"
                                                + " table_name = 'events' AND table_schema ="
                                                + " current_schema() ORDER BY 1")
                                .stream()
                                .filter(column -> !without.contains(column))
                                .toList());
        return new TreeSet<>(client.query("SELECT " + columns + " FROM events"));
    }

    private SluiceRun command(String... options) {
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
