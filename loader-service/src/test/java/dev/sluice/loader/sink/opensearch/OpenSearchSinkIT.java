package dev.sluice.loader.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.sink.RefusedRow;
import dev.sluice.loader.sink.Sink;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkFixtures;
import dev.sluice.loader.sink.SinkKit;
import dev.sluice.loader.sink.SinkRow;
import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.SinkEndpoint;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The sink against OpenSearch itself.
class OpenSearchSinkIT extends SinkKit {

    @TempDir private static Path folder;

    private static OpenSearchServer server;
    private static SinkEndpoint endpoint;
    private static int tests;

    private String prefix = "";

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                Files.exists(OpenSearchServer.CLASS_PATH),
                "run by Maven, which finds the libraries of OpenSearch");
        server = new OpenSearchServer(folder);
        endpoint = new SinkEndpoint(server.uri, Authorization.none(), Duration.ofSeconds(60), null);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            endpoint.close();
            server.close();
        }
    }

    @BeforeEach
    void isolate() {
        prefix = "events" + tests++;
    }

    @Override
    protected Sink sink() {
        return new OpenSearchSink(
                endpoint,
                new DailyIndex(prefix, 1, 0, "1s"),
                new DocumentFields(List.of()),
                SubjectSecret.of("a secret of the tests, 32 bytes or more"));
    }

    @Override
    protected List<String> stored() {
        return hits("").valueStream()
                .map(hit -> hit.get("_id").stringValue() + " @ " + enriched(hit))
                .sorted()
                .toList();
    }

    @Test
    void findsWhatIsMappedAndNothingElse() {
        SinkRow message =
                SinkFixtures.row(
                        Fixtures.received(
                                "acme",
                                "m1",
                                Fixtures.RECEIVED,
                                "response_generated",
                                SinkFixtures.MESSAGE));

        sink().write("w", List.of(message));

        assertThat(hits("intent:track_order%20AND%20latency_ms:%5B100%20TO%20200%5D")).hasSize(1);
        assertThat(hits("received_ts:%7B*%20TO%20%222026-11-21T10:00:00.123456Z%22%5D")).hasSize(1);
        assertThat(hits("received_ts:%7B*%20TO%20%222026-11-21T10:00:00.123455Z%22%5D")).isEmpty();
        assertThat(hits("secret")).isEmpty();
        assertThat(hits("").toString()).doesNotContain("secret", "device-1", "203.0.113");
    }

    @Test
    void aDocumentThatDoesNotFitTheIndexIsRefusedAloneAndWithoutItsValue() {
        endpoint.send(
                "PUT",
                "/" + prefix + "-2026.11.21",
                "application/json",
                "{\"mappings\":{\"properties\":{\"intent\":{\"type\":\"integer\"}}}}"
                        .getBytes(StandardCharsets.UTF_8));
        SinkRow misfit =
                SinkFixtures.row(
                        Fixtures.received(
                                "acme",
                                "m1",
                                Fixtures.RECEIVED,
                                "response_generated",
                                SinkFixtures.MESSAGE));

        SinkAnswer answer = sink().write("w", List.of(SinkFixtures.pageView("e1"), misfit));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        SinkAnswer.Sorted.class,
                        sorted ->
                                assertThat(sorted.refused())
                                        .singleElement()
                                        .extracting(RefusedRow::why)
                                        .isEqualTo("mapper_parsing_exception in field intent"));
        assertThat(stored()).hasSize(1);
    }

    private JsonNode hits(String query) {
        server.ask("POST", "/" + prefix + "-*/_refresh");
        String found =
                server.ask(
                        "GET",
                        "/%s-*/_search?size=3000%s"
                                .formatted(prefix, query.isEmpty() ? "" : "&q=" + query));
        return JsonMapper.shared().readTree(found).at("/hits/hits");
    }

    private static String enriched(JsonNode hit) {
        return hit.at("/_source/enriched_ts").stringValue();
    }
}
