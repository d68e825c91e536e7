package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// What the SDKs of others are answered over HTTP, and what is stored of their events.
class ForeignPathsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OF_THE_CLIENT =
            Set.of("host", "connection", "content-length", "transfer-encoding", "authorization");

    /// `printf %s wk_test | sha256sum`
    private static final String WK_TEST_SHA256 =
            "48f624118098f287a0767fe8cfbb63c2aa9f8c33ec9c222b13ee425b64e2c2ff";

    private static MemoryStreams streams;
    private static RunningCollector collector;

    private Set<Receipt> before;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        collector =
                RunningCollector.start(
                        streams,
                        "sluice.collector.producers[1].key-sha256=" + WK_TEST_SHA256,
                        "sluice.collector.producers[1].tenant-id=sdk",
                        "sluice.collector.producers[1].source-id=captures");
    }

    @BeforeEach
    void remember() {
        before = Set.copyOf(StoredEvents.of(streams).receipts());
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment-node",
                "segment-node-legacy",
                "segment-browser",
                "rudder-node",
                "rudder-node-nogzip",
                "snowplow-node",
                "snowplow-node-get",
                "cloudevents",
                "clickstream-browser"
            })
    void answersRecordedRequestsWithAJsonObjectAndStoresTheirEvents(String capture)
            throws IOException {
        for (JsonNode recorded : resource(capture + ".json")) {
            Reply reply = collector.send(request(recorded));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(reply.json().isObject()).isTrue();
        }
        int events = 0;
        for (JsonNode request : resource(capture + ".expected.json")) {
            events += request.size();
        }
        assertThat(ids()).hasSize(events).doesNotHaveDuplicates();
        assertThat(refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/import/, '{\"batch\":[{\"type\":\"page\",\"messageId\":\"m-1\",\"anonymousId\":\"a\"}],\"writeKey\":\"wk_test\"}'",
        "/batch, '{\"api_key\":\"wk_test\",\"batch\":[{\"event\":\"e\",\"uuid\":\"m-1\",\"distinct_id\":\"d\"}]}'",
        "/com.snowplowanalytics.snowplow/tp2, '{\"schema\":\"x\",\"data\":[{\"e\":\"pv\",\"eid\":\"m-1\",\"aid\":\"wk_test\"}]}'",
        "/collect, '[{\"event_type\":\"_page_view\",\"event_id\":\"m-1\",\"app_id\":\"wk_test\"}]'"
    })
    void findsTheKeyInTheBody(String path, String body) {
        assertThat(post(path, body).status()).isEqualTo(200);
        assertThat(ids()).containsExactly("m-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/i", "/collect", "/batch", "/v1/cloudevents"})
    void refusesAnUnknownKeyAndStoresNothing(String path) {
        Reply reply = post(path + "?write_key=nobody", "[]");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(ids()).isEmpty();
    }

    @Test
    void quarantinesTheBadEventsOfABatchAndTakesTheOthers() {
        Reply reply =
                post(
                        "/v1/batch?writeKey=wk_test",
                        "{\"batch\":[{\"type\":\"page\",\"messageId\":\"good\"},7,{\"type\":\"nonsense\"}]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("accepted").asInt()).isEqualTo(1);
        assertThat(reply.json().get("quarantined").asInt()).isEqualTo(2);
        assertThat(refused()).hasSize(2);
    }

    @Test
    void storesABadEventThatIsAloneBecauseTheSdkWouldDropIt() {
        assertThat(post("/v1/t?writeKey=wk_test", "{\"userId\":1}").status()).isEqualTo(200);
        assertThat(refused()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/batch, 400",
        "/com.snowplowanalytics.snowplow/tp2, 400",
        "/collect, 200",
        "/batch, 400",
        "/v1/cloudevents, 400"
    })
    void answersABodyThatIsNotJsonAsItsSdkUnderstands(String path, int status) {
        Reply reply = post(path + "?write_key=wk_test", "{\"batch\": [");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().isObject()).isTrue();
        assertThat(refused()).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/batch, 413",
        "/com.snowplowanalytics.snowplow/tp2, 400",
        "/collect, 200",
        "/batch, 413"
    })
    void answersABodyThatIsTooLargeAsItsSdkUnderstands(String path, int status) {
        Reply reply = post(path + "?write_key=wk_test", " ".repeat(6 << 20));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(refused()).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void answersAnImageElementWithAnImage() {
        String data =
                Base64.getUrlEncoder()
                        .encodeToString(
                                "{\"event\":\"Email Opened\",\"messageId\":\"p-1\",\"userId\":\"u\"}"
                                        .getBytes(StandardCharsets.UTF_8));
        Reply reply =
                collector.send(
                        collector
                                .request("/v1/pixel/track?writeKey=wk_test&data=" + data)
                                .header("Accept", "image/avif,image/webp,*/*;q=0.8")
                                .GET());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("image/gif");
        assertThat(ids()).containsExactly("p-1");
    }

    @Test
    void answersPosthogsNewerSdksForEachEvent() {
        Reply reply =
                post(
                        "/i/v1/analytics/events?write_key=wk_test",
                        "{\"batch\":[{\"event\":\"e\",\"uuid\":\"u-1\",\"distinct_id\":\"d\"},{\"uuid\":\"u-2\"}]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/results/u-1/result").asString()).isEqualTo("ok");
        assertThat(reply.json().get("results")).hasSize(2);
    }

    @Test
    void acceptsWhatAnSdkMeasuredOfItselfAndStoresNothing() {
        Reply keyless = post("/v1/m", "{\"series\":[{\"type\":\"Counter\"}]}");
        assertThat(keyless.status()).isEqualTo(200);
        Reply reply = post("/v1/m?writeKey=wk_test", "{\"series\":[{\"type\":\"Counter\"}]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(ids()).isEmpty();
    }

    @Test
    void tellsBrowserSdksToSendHere() {
        String here = "127.0.0.1:" + collector.port();
        Reply segment = collector.get("/v1/projects/wk_test/settings");
        assertThat(segment.json().at("/integrations/Segment.io/apiHost").asString())
                .isEqualTo(here + "/v1");
        assertThat(segment.json().at("/integrations/Segment.io/apiKey").asString())
                .isEqualTo("wk_test");
        Reply rudder = collector.get("/sourceConfig/?p=npm&v=3.34.1&writeKey=wk_test");
        assertThat(rudder.json().at("/source/dataPlaneUrl").asString()).isEqualTo("http://" + here);
        assertThat(rudder.json().at("/source/destinations").isArray()).isTrue();
    }

    @Test
    void neverRedirects() {
        for (String path :
                new String[] {"/v1/batch", "/v1/batch/", "/collect/", "/batch/", "/i/"}) {
            Reply reply = post(path + "?write_key=wk_test", "[]");
            assertThat(reply.status()).as(path).isBetween(200, 299);
        }
    }

    /// Receipts of what this test stored; no two receipts are alike.
    private List<Receipt> stored() {
        return StoredEvents.of(streams).receipts().stream()
                .filter(receipt -> !before.contains(receipt))
                .toList();
    }

    private List<String> ids() {
        return stored().stream().map(receipt -> receipt.eventId().value()).toList();
    }

    private List<Receipt> refused() {
        return stored().stream().filter(receipt -> receipt.refusal() != null).toList();
    }

    private Reply post(String path, String body) {
        return collector.send(
                collector.request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(JsonNode recorded) {
        byte[] body =
                recorded.has("body_base64")
                        ? Base64.getDecoder().decode(recorded.get("body_base64").asString())
                        : recorded.path("body_text").asString("").getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                collector
                        .request(recorded.get("path").asString())
                        .method(
                                recorded.get("method").asString(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        recorded.get("headers")
                .properties()
                .forEach(
                        header -> {
                            if (!OF_THE_CLIENT.contains(header.getKey())
                                    && !header.getKey().startsWith("sec-")) {
                                request.header(header.getKey(), header.getValue().asString());
                            }
                        });
        JsonNode authorization = recorded.get("headers").get("authorization");
        return authorization == null
                ? request
                : request.header("Authorization", authorization.asString());
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream file = ForeignPathsIT.class.getResourceAsStream("/captures/" + name)) {
            return JSON.readTree(file);
        }
    }
}
