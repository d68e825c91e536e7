package dev.sluice.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.loader.archive.ArchivePipeline;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.derived.Found;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.SequenceNumber;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

class LoaderApplicationIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String IDS = "SELECT event_id FROM events ORDER BY 1";

    @TempDir private Path folder;
    private LocalLine line;

    @BeforeEach
    void start() {
        line = new LocalLine(folder);
        line.createStream("sluice-raw");
        line.createStream("sluice-enriched");
        line.createStream("sluice-quarantine");
        line.createStream("sluice-derived");
    }

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void whatIsOnTheStreamsIsInTheWarehouseTheArchiveAndTheQuarantine() {
        byte[] raw = LocalLine.frame(Fixtures.pageView("e1"));
        line.put("sluice-raw", raw);
        line.put(
                "sluice-enriched",
                LocalLine.frame(
                        Fixtures.pageView("e1"),
                        Fixtures.pageView("e2"),
                        Fixtures.pageView("e2"),
                        Fixtures.event(
                                "wide",
                                "purchase",
                                Duration.ZERO,
                                "{\"properties\":{\"currency\":\"€€\"}}")));

        try (ConfigurableApplicationContext loader = line.loader("one")) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(line.query(IDS)).containsExactly("e1", "e2"));
            await().atMost(LONG).until(() -> keys(ArchivePipeline.PREFIX).count() == 1);

            assertThat(archived()).containsExactly(raw);
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    line.query(
                                                            "SELECT stage, reason, event_id, message"
                                                                    + " FROM quarantined_events"))
                                            .singleElement()
                                            .asString()
                                            .startsWith(
                                                    "loader|does_not_fit|wide|column currency: holds 3"
                                                            + " bytes"));
            assertThat(quarantined()).contains("column currency: holds 3 bytes").contains("wide");
            await().atMost(LONG)
                    .untilAsserted(
                            () -> {
                                assertThat(LocalLine.get(loader, "prometheus"))
                                        .contains(
                                                "sluice_load_rows_total{outcome=\"staged\",table=\"events\"} 3.0")
                                        .contains(
                                                "sluice_load_rows_total{outcome=\"inserted\",table=\"events\"} 2.0")
                                        .contains(
                                                "sluice_load_rows_total{outcome=\"replayed\",table=\"events\"} 1.0")
                                        .contains("sluice_load_queue{state=\"waiting\"} 0.0")
                                        .contains("sluice_load_lag_seconds 0.0")
                                        .contains(
                                                "sluice_events_total{outcome=\"rejected\",stage=\"loader\"} 1.0");
                                assertThat(LocalLine.get(loader, "health"))
                                        .startsWith("{\"components\"")
                                        .contains("\"leader\":\"true\"")
                                        .contains("3 rows, 0 of them duplicates, 1 replayed")
                                        .doesNotContain("DOWN");
                            });
        }
    }

    @Test
    void sessionsAndLinksAreInTheWarehouseAndEventsAreThoseOfTheirPersons() {
        line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e1")));
        List<Derived> derived =
                List.of(
                        Found.session("s1", 1),
                        Found.session("s1", 2),
                        Found.link("device-1", "ann-own", 0));
        line.put("sluice-derived", DerivedBatch.encode(derived).getFirst());
        line.put("sluice-derived", new byte[] {7});

        try (ConfigurableApplicationContext loader = line.loader("one")) {
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    line.query(
                                                            "SELECT session_id, revision, pages FROM"
                                                                    + " sessions"))
                                            .containsExactly("s1|2|2"));
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(line.query("SELECT event_id, person_id FROM events"))
                                            .containsExactly("e1|ann-own"));
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(line.query("SELECT stage FROM quarantined_events"))
                                            .containsExactly("loader-derived"));
            assertThat(LocalLine.get(loader, "prometheus"))
                    .contains("sluice_derived_lines_total{outcome=\"superseded\"} 1.0")
                    .contains(
                            "sluice_load_rows_total{outcome=\"inserted\",table=\"sessions\"} 1.0");
            assertThat(LocalLine.get(loader, "health"))
                    .contains("derivedConsumer")
                    .doesNotContain("\"DOWN\"");
            await().atMost(LONG).until(() -> keys("curated/sessions/").findAny().isEmpty());
        }
    }

    @Test
    void theLeaderBringsTheBooksOfAllStagesIntoTheWarehouseAndSaysWhatIsMissing() {
        Instant minute = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MINUTES);
        BookCounts accepted = new BookCounts(new Tally(5, 5, 0, 0, 0), 0);

        try (ConfigurableApplicationContext loader = line.loader("one")) {
            loader.getBean(BooksStore.class)
                    .put(
                            List.of(
                                    new BookPage(
                                            "validator",
                                            "shardId-000000000000",
                                            minute,
                                            SequenceNumber.of("7"),
                                            SequenceNumber.of("9"),
                                            Map.of("acme", accepted))));

            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    line.query(
                                                            "SELECT tenant_id, accepted, difference"
                                                                    + " FROM pipeline_books"))
                                            .containsExactly("acme|5|5"));
            await().atMost(LONG)
                    .untilAsserted(
                            () -> {
                                assertThat(LocalLine.get(loader, "prometheus"))
                                        .contains("sluice_books_imbalance 5.0")
                                        .contains("sluice_books_imbalance_minutes 1.0");
                                assertThat(LocalLine.get(loader, "health"))
                                        .contains("the books do not balance: 5 events")
                                        .doesNotContain("DOWN");
                            });
        }
    }

    @Test
    void aWarehouseThatIsAwayIsSaidAndWaitedFor() {
        line.warehouse.pause();
        line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e1")));

        try (ConfigurableApplicationContext loader = line.loader("one")) {
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(LocalLine.get(loader, "health"))
                                            .contains("\"status\":\"DOWN\"")
                                            .contains("tables of the warehouse")
                                            .contains("\"waiting\":\"1\""));

            line.warehouse.resume();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(line.query(IDS)).containsExactly("e1"));
            await().atMost(LONG).until(() -> !LocalLine.get(loader, "health").contains("\"DOWN\""));
        }
    }

    @Test
    void aStopBringsWhatIsHeldIntoTheWarehouseIfItShall() {
        ConfigurableApplicationContext loader =
                line.loader(
                        "one",
                        "sluice.loader.publish.window=1h",
                        "sluice.loader.publish.max-window=1h",
                        "sluice.loader.publish.late-window=1h",
                        "sluice.loader.archive.window=1h",
                        "sluice.loader.warehouse.stop.load=true");
        try (loader) {
            line.put("sluice-raw", LocalLine.frame(Fixtures.pageView("e1")));
            line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e1")));
            await().atMost(LONG)
                    .until(
                            () ->
                                    LocalLine.get(loader, "prometheus")
                                            .contains(
                                                    "sluice_iterator_age_seconds_count"
                                                            + "{stage=\"loader\"} 1"));
            assertThat(line.query(IDS)).isEmpty();
        }

        assertThat(line.query(IDS)).containsExactly("e1");
        assertThat(archived()).hasSize(1);
    }

    @Test
    void oneOfTwoLoadersLoadsAndTheOtherFollowsIt() {
        try (ConfigurableApplicationContext one = line.loader("one")) {
            await().atMost(LONG).until(() -> leads(one));
            try (ConfigurableApplicationContext two = line.loader("two")) {
                line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e1")));
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(line.query(IDS)).containsExactly("e1"));
                assertThat(leads(two)).isFalse();

                end(one);

                await().atMost(LONG).until(() -> leads(two));
                line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e2")));
                await().atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(line.query(IDS)).containsExactly("e1", "e2"));
            }
        }
        assertThat(line.query("SELECT COUNT(DISTINCT fence) FROM load_batches"))
                .containsExactly("2");
    }

    /// Before its block ends; the block ends it once more, which does nothing.
    private static void end(ConfigurableApplicationContext loader) {
        loader.close();
    }

    private static boolean leads(ConfigurableApplicationContext loader) {
        return LocalLine.get(loader, "health").contains("\"leader\":\"true\"");
    }

    private Stream<String> keys(String prefix) {
        return line.objects.list(prefix).map(ObjectSummary::key);
    }

    private List<byte[]> archived() {
        ArchiveReader reader = new ArchiveReader(line.objects);
        return keys(ArchivePipeline.PREFIX)
                .flatMap(key -> reader.read(key).stream())
                .map(frame -> frame.frame())
                .toList();
    }

    private String quarantined() {
        StringBuilder lines = new StringBuilder();
        for (String key : keys("quarantine/").toList()) {
            byte[] object = line.objects.read(key).orElseThrow();
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(object))) {
                lines.append(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException("not gzip: " + key, e);
            }
        }
        return lines.toString();
    }
}
