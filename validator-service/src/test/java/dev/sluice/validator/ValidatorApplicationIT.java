package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.SHOP;
import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.util.stream.Collectors.toSet;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.validator.process.contract.CompiledContracts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
        local.createStream("sluice-quarantine");
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
            local.createStream("sluice-quarantine");
            await().atMost(Duration.ofSeconds(90)).until(() -> published().size() == 1);
            await().atMost(LONG).until(() -> get(service, "health").contains("\"status\":\"UP\""));
        }
    }

    @Test
    void recognisesCopiesAfterARestart() {
        local.createStream("sluice-raw");
        local.createStream("sluice-valid");
        local.createStream("sluice-quarantine");
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

    @Test
    void dropsEventsOfWhoeverIsErasedWhileItRuns() {
        local.createStream("sluice-raw");
        local.createStream("sluice-valid");
        local.createStream("sluice-quarantine");
        try (ConfigurableApplicationContext service = service()) {
            local.put("sluice-raw", frame(good("1")));
            await().atMost(LONG).until(() -> published().size() == 1);

            local.erase(Fixtures.SHOP, new SubjectId(SubjectKind.ANONYMOUS_ID, "a-2"));
            await().atMost(LONG)
                    .until(
                            () -> {
                                local.put("sluice-raw", frame(good("2")));
                                return get(service, "prometheus")
                                        .matches(
                                                "(?s).*sluice_events_total\\{outcome=\"suppressed\","
                                                        + "stage=\"validator\"} [1-9].*");
                            });
            int before = published().size();
            local.put("sluice-raw", frame(good("2"), good("3")));
            await().atMost(LONG).until(() -> published().size() > before);
            assertThat(published().stream().skip(before))
                    .extracting(event -> Receipt.decode(event.receipt()).eventId().value())
                    .containsExactly("3");
        }
    }

    @Test
    void doesNotStartWithoutTheListOfWhoIsErased() {
        assertThatThrownBy(
                        () ->
                                service(
                                        "--sluice.validator.suppressions.create=false",
                                        "--sluice.validator.suppressions.patience=1s"))
                .hasStackTraceContaining("there are no suppressions to begin with");
        assertThatThrownBy(() -> service("--sluice.validator.subject-secret="))
                .rootCause()
                .hasMessageContaining("32 bytes or more");
    }

    @Test
    void takesNewContractsWithoutARestartAndKeepsThemWhenTheyAreGone() throws IOException {
        local.createStream("sluice-raw");
        local.createStream("sluice-valid");
        local.createStream("sluice-quarantine");
        Path contracts = folder.resolve("contracts");
        for (Map.Entry<String, byte[]> file : ContractCatalog.bundledFiles().entrySet()) {
            write(contracts.resolve(file.getKey()), file.getValue());
        }
        String[] more = {
            "--sluice.validator.contracts.source=folder",
            "--sluice.validator.contracts.folder=" + contracts,
            "--sluice.validator.contracts.refresh=100ms"
        };
        try (ConfigurableApplicationContext service = service(more)) {
            local.put("sluice-raw", frame(tap("1")));
            await().atMost(LONG).until(() -> quarantined().size() == 1);
            assertThat(quarantined().getFirst().reason()).isEqualTo(RejectionReason.UNKNOWN_TYPE);

            write(contracts.resolve("tap/1-0-0.json"), TAP.getBytes(StandardCharsets.UTF_8));
            Reference<?> reference = service.getBean("contracts", Reference.class);
            await().atMost(LONG)
                    .until(() -> ((CompiledContracts) reference.get()).has(SHOP, "tap"));
            local.put("sluice-raw", frame(tap("2")));
            await().atMost(LONG).until(() -> published().size() == 1);
            assertThat(CheckedFacts.decode(published().getFirst().requireChecked()).schemaVersion())
                    .isEqualTo("1-0-0");

            FileSystemUtils.deleteRecursively(contracts);
            await().atMost(LONG)
                    .until(() -> get(service, "health").contains(contracts + " has no contracts"));
            local.put("sluice-raw", frame(tap("3"), good("4")));
            await().atMost(LONG).until(() -> published().size() == 3);
            assertThat(get(service, "health")).contains("\"status\":\"UP\"");
            assertThat(quarantined()).hasSize(1);
        }
    }

    private static final String TAP =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "urn:sluice:contract:tap:1-0-0", "title": "Tap", "description": "A tap.",
             "x-owner": {"team": "t", "contact": "t@example.com"}, "type": "object",
             "properties": {"force": {"type": "integer", "description": "Newton.", "x-pii": "none",
                                      "x-since": "1-0-0"}}}
            """;

    private static SectionedEvent tap(String id) {
        return received(id, "{\"event_type\": \"tap\", \"properties\": {\"force\": 3}}");
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    /// @param more takes the place of what the line says of the same keys
    private ConfigurableApplicationContext service(String... more) {
        Set<String> changed = Stream.of(more).map(ValidatorApplicationIT::key).collect(toSet());
        String[] arguments =
                Stream.concat(
                                Stream.of(local.arguments())
                                        .filter(argument -> !changed.contains(key(argument))),
                                Stream.of(more))
                        .toArray(String[]::new);
        return new SpringApplicationBuilder(ValidatorApplication.class).run(arguments);
    }

    private static String key(String argument) {
        return argument.substring(0, argument.indexOf('='));
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

    private List<QuarantineRecord> quarantined() {
        return local.records("sluice-quarantine").stream()
                .flatMap(batch -> QuarantineBatch.decode(batch).stream())
                .toList();
    }
}
