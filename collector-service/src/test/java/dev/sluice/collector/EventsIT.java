package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// What a well-meaning client sees.
class EventsIT {

    private static MemoryStreams streams;
    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        collector =
                RunningCollector.start(
                        streams, "sluice.collector.http.trusted-proxies=127.0.0.0/8,::1/128");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void storesAnEventAndSaysSo() {
        String event = event("plain", "page_view");

        Reply reply = collector.post(event);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.response().body())
                .isEqualTo("{\"received\":1,\"accepted\":1,\"quarantined\":0,\"results\":[]}");
        assertThat(stored("plain").bodies()).containsExactly(event);
    }

    @Test
    void writesAReceiptWithWhatOnlyTheCollectorKnows() {
        Instant before = Instant.now().minusSeconds(1);

        collector.post(
                "{\"event_id\":\"receipt\",\"event_type\":\"search\",\"anonymous_id\":\"d1\"}",
                "X-Forwarded-For",
                "1.1.1.1, 203.0.113.9",
                "User-Agent",
                "Tester/" + "x".repeat(2000));

        Receipt receipt = stored("receipt").receipts().getFirst();
        assertThat(receipt.tenantId().value()).isEqualTo("shop");
        assertThat(receipt.sourceId().value()).isEqualTo("web");
        assertThat(receipt.partitionKey()).isEqualTo("shop/d1");
        assertThat(receipt.ip()).isEqualTo("203.0.113.9");
        assertThat(receipt.userAgent()).startsWith("Tester/x").hasSize(1024);
        assertThat(receipt.receivedTs()).isBetween(before, Instant.now());
        assertThat(receipt.refusal()).isNull();
    }

    @Test
    void givesAnIdToAnEventWithoutOneAndTellsIt() {
        Reply reply = collector.post("{\"event_type\":\"page_view\",\"user_id\":\"no-id\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/results/0/status").asString()).isEqualTo("accepted");
        assertThat(reply.json().at("/results/0/index").asInt()).isZero();
        String id = reply.json().at("/results/0/event_id").asString();
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(stored(id).bodies())
                .containsExactly("{\"event_type\":\"page_view\",\"user_id\":\"no-id\"}");
    }

    @Test
    void acceptsATypeThatNobodyHasHeardOf() {
        assertThat(collector.post(event("unheard", "never_seen_before")).status()).isEqualTo(200);
        assertThat(stored("unheard").receipts().getFirst().refusal()).isNull();
    }

    @Test
    void storesGoodAndBadAndTellsThemApart() {
        String body = "[" + event("good", "a") + "," + event("bad", "Not Snake") + ",7]";

        Reply reply = collector.post(body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("received").asInt()).isEqualTo(3);
        assertThat(reply.json().get("accepted").asInt()).isEqualTo(1);
        assertThat(reply.json().get("quarantined").asInt()).isEqualTo(2);
        assertThat(reply.json().get("results")).hasSize(2);
        assertThat(reply.json().at("/results/0/index").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/results/0/event_id").asString()).isEqualTo("bad");
        assertThat(reply.json().at("/results/0/status").asString()).isEqualTo("quarantined");
        assertThat(reply.json().at("/results/0/reason").asString()).isEqualTo("malformed");
        assertThat(reply.json().at("/results/0/message").asString()).contains("event_type");
        assertThat(reply.json().at("/results/1/message").asString()).contains("a number");
        assertThat(stored("good").receipts().getFirst().refusal()).isNull();
        assertThat(stored("bad").receipts().getFirst().refusal()).isNotNull();
        assertThat(stored(reply.json().at("/results/1/event_id").asString()).bodies())
                .containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/x-ndjson",
                "application/vnd.acme+json",
                "application/octet-stream"
            })
    void readsJsonWhateverItIsCalled(String type) {
        String id = "type-" + type.replaceAll("[^a-z]", "");

        assertThat(collector.post(event(id, "a"), "Content-Type", type).status()).isEqualTo(200);
        assertThat(stored(id).bodies()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "deflate", "zstd", "identity"})
    void decompresses(String coding) throws IOException {
        String id = "coding-" + coding;
        byte[] body = compress(coding, event(id, "a").getBytes(StandardCharsets.UTF_8));

        Reply reply =
                collector.post(
                        body,
                        "Content-Encoding",
                        coding,
                        "Content-Type",
                        "application/x-www-form-urlencoded");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(stored(id).bodies()).containsExactly(event(id, "a"));
    }

    @Test
    void readsABodyOfUnknownLength() {
        byte[] body = event("chunked", "a").getBytes(StandardCharsets.UTF_8);

        Reply reply =
                collector.send(
                        collector
                                .request("/v1/events")
                                .header("X-Write-Key", RunningCollector.KEY)
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new java.io.ByteArrayInputStream(body))));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(stored("chunked").bodies()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/events", "/v1/events/"})
    void answersBothFormsOfThePathWithoutARedirect(String path) {
        Reply reply =
                collector.send(
                        collector
                                .request(path)
                                .header("X-Write-Key", RunningCollector.KEY)
                                .POST(BodyPublishers.ofString(event("slash", "a"))));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void findsTheKeyWhereverSdksPutIt() {
        String basic =
                Base64.getEncoder().encodeToString("test-key:".getBytes(StandardCharsets.UTF_8));
        List<String[]> places =
                List.of(
                        new String[] {"Authorization", "Bearer test-key"},
                        new String[] {"Authorization", "bearer test-key"},
                        new String[] {"Authorization", "Basic " + basic},
                        new String[] {"X-Write-Key", "test-key"});

        for (String[] header : places) {
            Reply reply =
                    collector.send(
                            collector
                                    .request("/v1/events")
                                    .headers(header)
                                    .POST(BodyPublishers.ofString(event("key", "a"))));
            assertThat(reply.status()).describedAs(String.join(": ", header)).isEqualTo(200);
        }
        assertThat(
                        collector
                                .send(
                                        collector
                                                .request("/v1/events?x=1&write_key=test%2Dkey")
                                                .header(
                                                        "Content-Type",
                                                        "application/x-www-form-urlencoded")
                                                .POST(BodyPublishers.ofString(event("key", "a"))))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void keepsTheEventsOfADeviceInOrder() {
        List<String> events =
                IntStream.range(0, 1000)
                        .mapToObj(
                                i ->
                                        "{\"event_id\":\"order-%04d\",\"event_type\":\"a\",\"anonymous_id\":\"one\"}"
                                                .formatted(i))
                        .toList();

        collector.post(String.join("\n", events.subList(0, 500)));
        collector.post("[" + String.join(",", events.subList(500, 1000)) + "]");

        assertThat(StoredEvents.of(streams).bodies())
                .filteredOn(body -> body.contains("order-"))
                .containsExactlyElementsOf(events);
    }

    @Test
    void letsPagesOfAnyOriginSend() {
        Reply preflight =
                collector.send(
                        collector
                                .request("/v1/events")
                                .header("Origin", "https://shop.example")
                                .header("Access-Control-Request-Method", "POST")
                                .header(
                                        "Access-Control-Request-Headers",
                                        "content-type,x-new-header")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin"))
                .isEqualTo("https://shop.example");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers").split(", ?"))
                .contains(
                        "authorization",
                        "content-type",
                        "anonymousid",
                        "sentat",
                        "x-retry-count",
                        "rsa-retry-attempt",
                        "rsa-retry-reason",
                        "rsa-since-first-attempt",
                        "rsa-since-last-attempt",
                        "x-new-header");
        for (String body : List.of(event("cors", "a"), "nonsense")) {
            Reply reply = collector.post(body, "Origin", "https://shop.example");
            assertThat(reply.header("Access-Control-Allow-Origin"))
                    .isEqualTo("https://shop.example");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(reply.header("Access-Control-Expose-Headers")).contains("Retry-After");
            assertThat(reply.header("Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void tellsWhatItIs() {
        assertThat(collector.get("/").json().get("service").asString())
                .isEqualTo("sluice-collector");
        Reply head = collector.send(collector.request("/").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void answersQuicklyWhenIdle() {
        collector.post(event("warm", "a"));
        Instant start = Instant.now();

        collector.post(event("quick", "a"));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    private static String event(String id, String type) {
        return "{\"event_id\":\"%s\",\"event_type\":\"%s\"}".formatted(id, type);
    }

    private static StoredEvents stored(String id) {
        StoredEvents all = StoredEvents.of(streams);
        return new StoredEvents(
                all.events().stream()
                        .filter(
                                event ->
                                        Receipt.decode(event.receipt())
                                                .eventId()
                                                .value()
                                                .equals(id))
                        .toList());
    }

    private static byte[] compress(String coding, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (coding) {
            case "identity" -> bytes.write(body);
            case "zstd" -> bytes.write(Zstd.compress(body));
            case "deflate" -> write(new DeflaterOutputStream(bytes), body);
            default -> write(new GZIPOutputStream(bytes), body);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, byte[] body) throws IOException {
        try (out) {
            out.write(body);
        }
    }
}
