package dev.sluice.enricher;

import static dev.sluice.enricher.Fixtures.frame;
import static dev.sluice.enricher.Fixtures.valid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.metrics.Tally;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class EnricherApplicationIT {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir private Path folder;
    private LocalLine local;

    @BeforeEach
    void start() {
        local = new LocalLine(folder);
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void turnsValidFramesIntoEnrichedFrames() throws IOException {
        local.createStream("sluice-valid");
        local.createStream("sluice-enriched");
        local.createStream("sluice-quarantine");
        local.createStream("sluice-derived");
        SectionedEvent broken =
                SectionedEvent.received(Fixtures.receipt("2").encode(), Bytes.utf8("{}"));
        Instant before = Instant.now();
        local.put("sluice-valid", frame(valid("1"), broken, valid("3")));

        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG).until(() -> published().size() == 2);
            await().atMost(LONG).until(() -> quarantined().size() == 1);

            assertThat(published())
                    .extracting(event -> Receipt.decode(event.receipt()).eventId().value())
                    .containsExactly("1", "3");
            assertThat(published().getFirst().requireEnrichment().asUtf8())
                    .contains(
                            "\"person_id\":\"" + Fixtures.person(SubjectKind.ANONYMOUS_ID, "a-1"),
                            "\"iOS\"",
                            "\"phone\"");
            assertThat(quarantined().getFirst().eventId()).isEqualTo("2");
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(get(service, "prometheus"))
                                            .contains(
                                                    "sluice_events_total{outcome=\"published\","
                                                            + "stage=\"enricher\"} 2.0"));
            assertThat(get(service, "health")).contains("\"status\":\"UP\"");
            BooksStore books = service.getBean(BooksStore.class);
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(changed(books, before))
                                            .extracting(BookPage::stage, BookPage::counts)
                                            .containsExactly(
                                                    tuple(
                                                            "enricher",
                                                            Map.of(
                                                                    "shop",
                                                                    new BookCounts(
                                                                            new Tally(
                                                                                    3, 2, 1, 0, 0),
                                                                            0)))));
        }
    }

    @Test
    void saysWhichStreamIsMissingAndGoesOnOnceItIsThere() {
        local.createStream("sluice-enriched");
        local.createStream("sluice-quarantine");
        local.createStream("sluice-derived");

        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(get(service, "health"))
                                            .contains("\"status\":\"DOWN\"")
                                            .containsPattern("why[^}]*sluice-valid"));

            local.createStream("sluice-valid");
            local.put("sluice-valid", frame(valid("1")));
            await().atMost(Duration.ofSeconds(90)).until(() -> published().size() == 1);
            await().atMost(LONG).until(() -> get(service, "health").contains("\"status\":\"UP\""));
        }
    }

    private static List<BookPage> changed(BooksStore books, Instant since) {
        List<BookPage> pages = new ArrayList<>();
        books.changedSince(since, pages::addAll);
        return pages;
    }

    private ConfigurableApplicationContext service() {
        return new SpringApplicationBuilder(EnricherApplication.class).run(local.arguments());
    }

    private static String get(ConfigurableApplicationContext service, String endpoint) {
        String port = service.getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONG).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<SectionedEvent> published() {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        List<SectionedEvent> events = new ArrayList<>();
        for (byte[] record : local.records("sluice-enriched")) {
            events.addAll(((Frame.Readable) decoder.decode(record)).events());
        }
        return events;
    }

    private List<QuarantineRecord> quarantined() {
        return local.records("sluice-quarantine").stream()
                .flatMap(batch -> QuarantineBatch.decode(batch).stream())
                .toList();
    }
}
