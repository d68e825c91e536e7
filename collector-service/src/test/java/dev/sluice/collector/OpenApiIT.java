package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.collector.producers.FileProducerStore;
import dev.sluice.runtime.memory.MemoryStreams;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The document and the collector say the same: each example is answered as it says, and every
/// answer that it names can be had and has the form it says.
class OpenApiIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EVENT = "{\"event_type\":\"page_view\",\"event_id\":\"e\"}";

    @TempDir static Path folder;

    private static MemoryStreams streams;
    private static RunningCollector collector;
    private static ApiDocument document;

    private final Set<String> statuses = new TreeSet<>();
    private final Set<String> codes = new TreeSet<>();

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        Path file = folder.resolve("keys.json");
        KnownKeys.putInto(new FileProducerStore(file));
        collector =
                RunningCollector.start(
                        streams,
                        "sluice.collector.keys.file=" + file,
                        "sluice.collector.http.body-time-limit=1s",
                        "server.tomcat.connection-timeout=500ms");
        document = ApiDocument.parse(collector.get("/openapi.yaml").response().body());
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void isServedToAnybody() {
        Reply reply =
                collector.send(
                        collector.request("/openapi.yaml").header("Origin", "https://a.example"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/yaml");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(document.root().get("openapi").asString()).startsWith("3.1.");
        assertThat(collector.send(collector.request("/openapi.yaml").DELETE()).status())
                .isEqualTo(405);
    }

    @Test
    void answersEachExampleAsItSays() {
        assertThat(document.requests()).hasSizeGreaterThan(3);
        document.requests()
                .forEach(
                        (name, body) -> {
                            Reply reply =
                                    collector.post(body.getValue(), "Content-Type", body.getKey());
                            assertThat(reply.status()).as(name).isEqualTo(200);
                            check(reply);
                        });
    }

    @Test
    void namesTheLimitsThatHold() {
        String text = document.root().toString();
        for (String key : Set.of("body", "event")) {
            String size = collector.setting("sluice.collector.limits." + key);
            long bytes = DataSize.parse(size).toBytes();
            assertThat(text).contains(bytes + " bytes");
        }
        assertThat(document.post().at("/requestBody/content/application~1json/schema").toString())
                .contains("\"maxItems\":" + collector.setting("sluice.collector.limits.events"));
        assertThat(text).contains(collector.setting("sluice.collector.limits.depth") + " levels");
    }

    @Test
    void tellsGoodEventsFromBadOnesAsTheCollectorDoes() {
        Map<String, Boolean> events =
                Map.of(
                        "{\"event_type\":\"a\"}",
                        true,
                        "{\"event_type\":\"a\",\"user_id\":null,\"extra\":[1]}",
                        true,
                        "{\"event_type\":\"A\"}",
                        false,
                        "{\"event_id\":\"x\"}",
                        false,
                        "{\"event_type\":\"a\",\"event_id\":7}",
                        false,
                        "{\"event_type\":\"a\",\"user_id\":\"%s\"}".formatted("u".repeat(257)),
                        false,
                        "{\"event_type\":\"a\",\"event_id\":\"%s\"}".formatted("e".repeat(65)),
                        false,
                        "[7]",
                        false);
        events.forEach(
                (event, good) -> {
                    assertThat(document.eventViolations(JSON.readTree(event)).isEmpty())
                            .as(event)
                            .isEqualTo(good);
                    assertThat(collector.post(event).status())
                            .as(event)
                            .isEqualTo(good ? 200 : 400);
                });
    }

    @Test
    void namesEveryAnswerThereIs() throws IOException {
        see(collector.post(EVENT));
        see(collector.post(""));
        see(collector.post("[]"));
        see(collector.post("{"));
        see(collector.post("{}"));
        see(collector.post(EVENT, "Content-Encoding", "gzip"));
        see(collector.post(EVENT, "Content-Encoding", "br"));
        see(collector.post(EVENT, "Content-Type", "image/png"));
        see(collector.post("[" + "{},".repeat(5000) + "{}]"));
        see(collector.post("x".repeat((5 << 20) + 1)));
        see(collector.send(collector.request("/v1/events").GET()));
        see(post(null));
        see(post("nobody"));
        see(post(KnownKeys.SEGMENT_ONLY));
        see(post(KnownKeys.WEB, "Origin", "https://evil.example"));
        for (int i = 0; i < 10; i++) {
            see(post(KnownKeys.LIMITED));
        }
        seeSignatures();
        seeSlowBody();
        seeCutOffBody();
        streams.faults().goAway();
        try {
            see(collector.post(EVENT));
        } finally {
            streams.faults().heal();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> collector.post(EVENT).status() == 200);

        assertThat(statuses).isEqualTo(document.statuses());
        assertThat(codes).isEqualTo(document.errorCodes());
    }

    private void seeSignatures() {
        byte[] body = EVENT.getBytes(StandardCharsets.UTF_8);
        String[] good = KnownKeys.signature("n", body);
        String now = good[1];
        see(post(KnownKeys.SIGNED));
        see(post(KnownKeys.SIGNED, KnownKeys.headers("1", "n", good[5])));
        see(post(KnownKeys.SIGNED, KnownKeys.headers(now, "other", good[5])));
        see(post(KnownKeys.SIGNED, good));
        see(post(KnownKeys.SIGNED, good));
    }

    private void seeSlowBody() throws IOException {
        try (RawConnection connection = connection("POST /v1/events HTTP/1.1", 100)) {
            connection.drip(Duration.ofMillis(100), Duration.ofSeconds(10));
            see(connection.answer());
        }
    }

    private void seeCutOffBody() throws IOException {
        try (RawConnection connection = connection("POST /v1/events HTTP/1.1", 100)) {
            see(connection.write("{").endOfRequest().answer());
        }
    }

    private static RawConnection connection(String line, int length) throws IOException {
        return new RawConnection(collector.port())
                .write(
                        "%s\r\nHost: a\r\nX-Write-Key: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(line, RunningCollector.KEY, length));
    }

    private void see(String raw) {
        int status = Integer.parseInt(raw.substring(9, 12));
        see(status, JSON.readTree(raw.substring(raw.indexOf("\r\n\r\n"))));
    }

    private void see(Reply reply) {
        check(reply);
        see(reply.status(), reply.json());
    }

    private void see(int status, JsonNode body) {
        statuses.add(String.valueOf(status));
        assertThat(document.violations(status, body)).as("%d %s", status, body).isEmpty();
        String code = body.at("/error/code").asString("");
        if (!code.isEmpty()) {
            codes.add(code);
        }
    }

    private static void check(Reply reply) {
        assertThat(document.violations(reply.status(), reply.json()))
                .as("%d %s", reply.status(), reply.json())
                .isEmpty();
        for (String header : document.requiredHeaders(reply.status())) {
            assertThat(reply.header(header)).as("%d %s", reply.status(), header).isNotEmpty();
        }
    }

    private static Reply post(@Nullable String key, String... headers) {
        HttpRequest.Builder request =
                collector.request("/v1/events").POST(HttpRequest.BodyPublishers.ofString(EVENT));
        if (key != null) {
            request.header("X-Write-Key", key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return collector.send(request);
    }
}
