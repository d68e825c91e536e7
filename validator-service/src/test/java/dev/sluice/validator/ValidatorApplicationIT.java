package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineRecord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

class ValidatorApplicationIT {

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
    void turnsRawFramesIntoValidFramesAndQuarantine() throws IOException {
        local.createStream("sluice-raw");
        local.createStream("sluice-valid");
        local.put("sluice-raw", new byte[] {1, 2, 3});
        local.put("sluice-raw", frame(good("1"), received("2", "{"), good("3")));

        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG).until(() -> published().size() == 2);
            await().atMost(LONG).until(() -> quarantined().size() == 2);

            assertThat(published())
                    .extracting(event -> Receipt.decode(event.receipt()).eventId().value())
                    .containsExactly("1", "3");
            assertThat(quarantined())
                    .extracting(line -> line.reason().code())
                    .containsExactlyInAnyOrder("decode_failure", "malformed");
            assertThat(get(service, "health")).contains("\"status\":\"UP\"");
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(get(service, "prometheus"))
                                            .contains(
                                                    "sluice_events_total{outcome=\"published\","
                                                            + "stage=\"validator\"} 2.0"));
        }
    }

    @Test
    void saysWhichStreamIsMissingAndGoesOnOnceItIsThere() {
        local.createStream("sluice-raw");
        local.put("sluice-raw", frame(good("1")));

        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(get(service, "health"))
                                            .contains("\"status\":\"DOWN\"")
                                            .containsPattern("why[^}]*sluice-valid"));

            local.createStream("sluice-valid");
            await().atMost(Duration.ofSeconds(90)).until(() -> published().size() == 1);
            await().atMost(LONG).until(() -> get(service, "health").contains("\"status\":\"UP\""));
        }
    }

    @Test
    void recognisesCopiesAfterARestart() {
        local.createStream("sluice-raw");
        local.createStream("sluice-valid");
        local.put("sluice-raw", frame(good("1"), good("2"), good("2")));
        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG).until(() -> published().size() == 2);
            assertThat(get(service, "health")).contains("\"status\":\"UP\"");
        }

        local.put("sluice-raw", frame(good("2"), good("1"), good("3")));
        try (ConfigurableApplicationContext service = service()) {
            await().atMost(LONG).until(() -> published().size() > 2);
            assertThat(published())
                    .extracting(event -> Receipt.decode(event.receipt()).eventId().value())
                    .containsExactly("1", "2", "3");
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(get(service, "prometheus"))
                                            .contains(
                                                    "sluice_events_total{outcome=\"duplicate\","
                                                            + "stage=\"validator\"} 2.0")
                                            .contains("sluice_state_cold_starts"));
        }
    }

    private ConfigurableApplicationContext service() {
        return new SpringApplicationBuilder(ValidatorApplication.class).run(local.arguments());
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
        for (byte[] record : local.records("sluice-valid")) {
            events.addAll(((Frame.Readable) decoder.decode(record)).events());
        }
        return events;
    }

    private List<QuarantineRecord> quarantined() throws IOException {
        List<QuarantineRecord> lines = new ArrayList<>();
        for (Path object : local.objects("quarantine")) {
            try (InputStream gzip = new GZIPInputStream(Files.newInputStream(object))) {
                new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(QuarantineRecord::decode)
                        .forEach(lines::add);
            }
        }
        return lines;
    }
}
