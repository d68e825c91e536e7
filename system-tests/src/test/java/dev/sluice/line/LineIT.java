package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SluiceRun;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// From a POST to a row, through every service.
class LineIT {

    @TempDir static Path data;

    static LocalFleet fleet;
    static FleetClient client;

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
    void anEventBecomesARowWithWhatWasSentAndWhatWasLearned() throws Exception {
        HttpResponse<String> answer =
                client.post(
                        """
                        {"event_id":"line-1","event_type":"purchase","anonymous_id":"d-1","user_id":"u-1",
                         "event_ts":"2026-01-01T00:00:00Z","sent_ts":"2026-01-01T00:00:02Z",
                         "context":{"page":{"url":"https://shop.example/thanks"},
                           "user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"},
                         "properties":{"order_id":"o-1","total":49.9,"currency":"EUR",
                           "products":[{"product_id":"p-1","quantity":2}],"ours":{"deep":[1]}}}""");

        List<String> rows =
                client.await(
                        "SELECT event_type, order_total, currency, page_url, LEN(person_id), device_class,"
                                + " is_late, DATEDIFF(second, event_ts, received_ts), client_event_ts,"
                                + " properties.ours FROM events WHERE event_id = 'line-1'",
                        found -> !found.isEmpty());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rows)
                .containsExactly(
                        "purchase|49.9000|EUR|https://shop.example/thanks|32|phone|f|2|2026-01-01 00:00:00|{\"deep\": [1]}");
    }

    @Test
    void theSameEventsSentTwiceGiveOneRowEach() throws Exception {
        String batch =
                IntStream.range(0, 50)
                        .mapToObj(
                                i ->
                                        "{\"event_id\":\"twice-%d\",\"event_type\":\"page_view\",\"anonymous_id\":\"d-%d\",\"properties\":{}}"
                                                .formatted(i, i % 5))
                        .collect(Collectors.joining(",", "[", "]"));

        client.post(batch);
        client.post(batch);
        client.await(
                "SELECT SUM(duplicate_rows) FROM load_batches",
                sum -> !sum.getFirst().equals("null") && Long.parseLong(sum.getFirst()) >= 50);

        assertThat(
                        client.query(
                                "SELECT COUNT(*), COUNT(DISTINCT event_id) FROM events WHERE event_id"
                                        + " LIKE 'twice-%'"))
                .containsExactly("50|50");
        assertThat(
                        FleetClient.duckDb(
                                data,
                                "SELECT COUNT(DISTINCT event_id) FILTER (event_id LIKE 'twice-%')"))
                .isEqualTo("50");
    }

    @Test
    void anIndependentReaderCountsTheSameEvents() throws Exception {
        client.post(
                "{\"event_id\":\"duck-1\",\"event_type\":\"search\",\"properties\":{\"query\":\"tent\"}}");
        client.await("SELECT 1 FROM events WHERE event_id = 'duck-1'", rows -> !rows.isEmpty());

        String warehouse = client.query("SELECT COUNT(*) FROM events").getFirst();

        assertThat(FleetClient.duckDb(data, "SELECT COUNT(DISTINCT tenant_id || event_id)"))
                .isEqualTo(warehouse);
    }

    @Test
    void theRawArchiveHoldsWhatWasReceived() throws Exception {
        client.post("{\"event_id\":\"raw-1\",\"event_type\":\"page_view\",\"properties\":{}}");
        client.await("SELECT 1 FROM events WHERE event_id = 'raw-1'", rows -> !rows.isEmpty());

        assertThat(ArchivedEvents.await(data, "raw-1")).isTrue();
        assertThat(archive("cat", "--event-id", "raw-1").out())
                .startsWith("{\"receipt\":{")
                .contains(
                        "\"body\":{\"event_id\":\"raw-1\",\"event_type\":\"page_view\",\"properties\":{}}")
                .hasLineCount(1);
        assertThat(archive("cat", "--frames").out()).contains("\"producer\":");
        assertThat(archive("ls", "--by", "hour", "--format", "csv").out())
                .startsWith("hour,shard,hash_range,objects,frames,unreadable,events,bytes");
        assertThat(archive("verify"))
                .matches(run -> run.exit() == 0 && run.out().contains("whole"));
    }

    @Test
    void anArchiveThatLacksAnObjectIsNotWhole() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.post(
                    "{\"event_id\":\"gap-%d\",\"event_type\":\"page_view\",\"anonymous_id\":\"g\",\"properties\":{}}"
                            .formatted(i));
            assertThat(ArchivedEvents.await(data, "gap-" + i)).isTrue();
        }
        Path gone = ArchivedEvents.fileOf(data, "gap-1").orElseThrow();
        byte[] content = Files.readAllBytes(gone);
        Files.delete(gone);

        SluiceRun run = archive("verify", "--no-books");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("gap  raw/dt=", "no object of the shard holds the frame");
        Files.write(gone, content);
        assertThat(archive("verify", "--no-books").exit()).isZero();
    }

    private static SluiceRun archive(String command, String... more) {
        return SluiceRun.of(
                Stream.concat(
                                Stream.of("archive", "--data", data.toString(), command),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void twoDevicesThatLogInAsOneUserBecomeOnePersonFromTheirFirstEventsOn() throws Exception {
        String persons = "SELECT COUNT(*), COUNT(DISTINCT person_id) FROM %s WHERE event_id LIKE ";
        client.post(views("before", ""));
        assertThat(
                        client.await(
                                persons.formatted("events") + "'before-%'",
                                found -> found.equals(List.of("6|3"))))
                .as("anonymous, each device for itself")
                .containsExactly("6|3");

        client.post(views("login", ",\"user_id\":\"both\""));

        String ofTheTwo = "'%-both-%'";
        for (String table : List.of("events", "identified_events")) {
            String sql = persons.formatted(table) + ofTheTwo;
            assertThat(client.await(sql, found -> found.equals(List.of("8|1"))))
                    .as(table)
                    .containsExactly("8|1");
            assertThat(
                            client.query(
                                    persons.formatted(table)
                                            + "'before-both-%' OR event_id LIKE 'before-alone-%'"))
                    .as("who did not log in is somebody else, in " + table)
                    .containsExactly("6|2");
        }
        assertThat(
                        client.query(
                                "SELECT COUNT(DISTINCT e.person_id) FROM events AS e JOIN identified_events"
                                        + " AS i ON i.event_id = e.event_id AND i.person_id = e.person_id"
                                        + " WHERE e.event_id LIKE '%-both-%'"))
                .containsExactly("1");
    }

    /// Two views of each of three devices, of which two belong together.
    private static String views(String when, String user) {
        return IntStream.range(0, 6)
                .mapToObj(
                        i ->
                                view(
                                        when,
                                        List.of("both-phone", "both-laptop", "alone-tv").get(i / 2),
                                        i,
                                        user))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String view(String when, String device, int number, String user) {
        return "{\"event_id\":\"%1$s-%2$s-%3$d\",\"event_type\":\"page_view\",\"anonymous_id\":\"%2$s\"%4$s,\"properties\":{}}"
                .formatted(when, device, number, device.startsWith("both") ? user : "");
    }
}
