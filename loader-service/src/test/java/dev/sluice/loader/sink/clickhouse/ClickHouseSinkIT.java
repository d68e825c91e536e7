package dev.sluice.loader.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.sink.Sink;
import dev.sluice.loader.sink.SinkFixtures;
import dev.sluice.loader.sink.SinkKit;
import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The sink against a real server, of the version that Debian has, with [Translation] before it.
class ClickHouseSinkIT extends SinkKit {

    @TempDir private static Path folder;

    private static ClickHouseServer server;
    private static Translation translation;
    private static int tests;

    private SinkEndpoint endpoint;
    private ClickHouseTable table = new ClickHouseTable("default", "events");

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                ClickHouseServer.isInstalled(), "the package clickhouse-server is not installed");
        server = new ClickHouseServer(folder);
        translation = new Translation(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            translation.close();
            server.close();
        }
    }

    @BeforeEach
    void isolate() {
        table = new ClickHouseTable("default", "events" + tests++);
        endpoint = endpoint(ClickHouseServer.PASSWORD);
    }

    @Override
    protected Sink sink() {
        return new ClickHouseSink(endpoint, table);
    }

    @Override
    protected List<String> stored() {
        return server.ask(
                        "SELECT concat(tenant_id, '/', event_id), enriched_ts FROM %s FINAL ORDER BY 1"
                                .formatted(table))
                .lines()
                .map(line -> line.split("\t"))
                .map(row -> row[0] + " @ " + time(row[1]))
                .toList();
    }

    @Test
    void everyValueArrivesAsItWas() {
        sink().write(
                        "w",
                        List.of(
                                SinkFixtures.row(
                                        Fixtures.received(
                                                "acme",
                                                "m1",
                                                Fixtures.RECEIVED,
                                                "response_generated",
                                                SinkFixtures.MESSAGE))));

        assertThat(
                        server.ask(
                                "SELECT event_date, event_type, received_ts, intent,"
                                        + " response_text, latency_ms, token_cost, is_late,"
                                        + " user_id FROM "
                                        + table))
                .isEqualTo(
                        "2026-11-21\tresponse_generated\t%d\ttrack_order\tmy secret is \"42\"\t120\t0.00012345\t0\t\\N\n"
                                .formatted(
                                        ChronoUnit.MICROS.between(
                                                Instant.EPOCH, Fixtures.RECEIVED)));
        assertThat(server.ask("SELECT properties FROM " + table + " FORMAT TSVRaw"))
                .contains("\"response_text\":\"my secret is \\\"42\\\"\"");
    }

    @Test
    void columnsThatAreMissingAreAdded() {
        sink().write("w", List.of(SinkFixtures.pageView("e1")));
        server.ask("ALTER TABLE " + table + " DROP COLUMN coupon");

        sink().write("w", List.of(SinkFixtures.pageView("e2")));

        assertThat(stored()).hasSize(2);
        assertThat(server.ask("SELECT coupon FROM " + table + " LIMIT 1")).isEqualTo("\\N\n");
    }

    @Test
    void aRepeatedWindowIsNotInsertedAgain() {
        Sink sink = sink();
        sink.write("w", List.of(SinkFixtures.pageView("e1")));
        sink.write("w", List.of(SinkFixtures.pageView("e1")));

        assertThat(server.ask("SELECT count() FROM " + table)).isEqualTo("1\n");
    }

    @Test
    void aWrongPasswordNeedsSomebody() {
        try (SinkEndpoint wrong = endpoint("wrong")) {
            Sink sink = new ClickHouseSink(wrong, table);

            assertThatThrownBy(() -> sink.write("w", List.of(SinkFixtures.pageView("e1"))))
                    .isInstanceOf(SetupFailure.class)
                    .hasMessageEndingWith("answered error 193");
        }
    }

    private static SinkEndpoint endpoint(String password) {
        return new SinkEndpoint(
                translation.door.uri(),
                Authorization.fixed(
                        Map.of(
                                "X-ClickHouse-User",
                                ClickHouseServer.USER,
                                "X-ClickHouse-Key",
                                password)),
                Duration.ofSeconds(60),
                null);
    }

    private static String time(String micros) {
        return Timestamps.format(Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS));
    }
}
