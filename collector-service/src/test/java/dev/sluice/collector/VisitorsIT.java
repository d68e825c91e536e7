package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What is kept of visitors who want to be known, and of those who do not.
class VisitorsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ORIGIN = "https://shop.example";
    private static final String EVENT =
            """
            {"event_id":"%s","event_type":"page_view","anonymous_id":"device-7","user_id":"ann",
             "session_id":"s-1","properties":{"price":1},
             "context":{"ip":"203.0.113.77","page":{"title":"t"},"device":{"id":"idfa"},
             "traits":{"email":"ann@example.com"}}}""";
    private static final List<String> SECRETS =
            List.of("device-7", "ann", "s-1", "203.0.113.77", "idfa", "example.com");

    private static MemoryStreams streams;
    private static RunningCollector plain;
    private static RunningCollector careful;
    private static final AtomicInteger NEXT = new AtomicInteger();

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        plain = RunningCollector.start(streams);
        careful =
                RunningCollector.start(
                        streams,
                        "sluice.collector.visitors.honour-opt-out=true",
                        "sluice.collector.visitors.shorten-addresses=true",
                        "sluice.collector.visitors.cookie.enabled=true",
                        "sluice.collector.visitors.cookie.domain=shop.example",
                        "sluice.collector.http.trusted-proxies[0]=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        plain.close();
        careful.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DNT", "Sec-GPC"})
    void keepsAnEventWithoutIdsOfWhoWantsToBeUnknown(String header) {
        String id = id();

        Reply reply = careful.post(EVENT.formatted(id), header, "1", "Cookie", "sluice_id=x");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("accepted").asInt()).isOne();
        assertThat(reply.header("Set-Cookie")).startsWith("sluice_id=; Max-Age=0");
        JsonNode kept = body(id);
        assertThat(kept.at("/properties/price").asInt()).isOne();
        assertThat(kept.at("/context/page/title").asString()).isEqualTo("t");
        assertThat(kept.toString()).doesNotContain(SECRETS);
        Receipt receipt = receipt(id);
        assertThat(receipt.ip()).isNull();
        assertThat(receipt.partitionKey()).isEqualTo("shop/" + id);
    }

    @Test
    void doesSoForSdksOfOthersToo() {
        String id = id();
        String traits = "{\"type\":\"identify\",\"messageId\":\"%s\",\"userId\":\"ann\",";

        Reply reply =
                careful.send(
                        careful.request("/v1/identify")
                                .header("Authorization", "Basic " + basic())
                                .header("Content-Type", "application/json")
                                .header("Sec-GPC", "1")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                traits.formatted(id)
                                                        + "\"anonymousId\":\"device-7\","
                                                        + "\"traits\":{\"email\":\"ann@example.com\"}}")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(body(id).toString()).contains("identify").doesNotContain(SECRETS);
    }

    @Test
    void keepsOnlyTheReasonOfABadEventOfWhoWantsToBeUnknown() {
        String id = id();

        Reply reply =
                careful.post(
                        "[{\"event_id\":\"%s\",\"event_type\":\"A B\",\"user_id\":\"ann\"},%s]"
                                .formatted(id, EVENT.formatted(id())),
                        "DNT",
                        "1");

        assertThat(reply.json().get("quarantined").asInt()).isOne();
        assertThat(receipt(id).refusal()).isNotNull();
        StoredEvents stored = StoredEvents.of(streams);
        assertThat(stored.bodies().get(stored.ids().indexOf(id))).isEmpty();
    }

    @Test
    void takesNoNoticeUnlessSwitchedOn() {
        String id = id();

        Reply reply = plain.post(EVENT.formatted(id), "DNT", "1", "Origin", ORIGIN);

        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(body(id).toString()).contains(SECRETS);
        assertThat(receipt(id).ip()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.201, 198.51.100.0",
        "2001:db8:12:3456:789a::1, 2001:db8:12:0:0:0:0:0",
    })
    void shortensAddressesWhereverTheyStand(String sent, String kept) {
        String id = id();

        careful.post(EVENT.formatted(id), "X-Forwarded-For", sent);

        assertThat(receipt(id).ip()).isEqualTo(kept);
        assertThat(body(id).at("/context/ip").asString()).isEqualTo("203.0.113.0");
        assertThat(body(id).get("user_id").asString()).isEqualTo("ann");
    }

    @Test
    void givesABrowserAnIdAndKnowsItAgain() {
        String first = id();
        String second = id();
        String event = "{\"event_id\":\"%s\",\"event_type\":\"page_view\"}";

        Reply reply = careful.post(event.formatted(first), "Origin", ORIGIN);
        String cookie = reply.header("Set-Cookie");
        String value = cookie.substring(0, cookie.indexOf(';'));
        careful.post(event.formatted(second), "Origin", ORIGIN, "Cookie", value);

        assertThat(cookie)
                .matches(
                        "sluice_id=[0-9a-f-]{36}; Max-Age=31536000; Path=/; Domain=shop.example;"
                                + " Secure; HttpOnly; SameSite=Lax");
        String anonymous = body(first).get("anonymous_id").asString();
        assertThat(value).isEqualTo("sluice_id=" + anonymous);
        assertThat(body(second).get("anonymous_id").asString()).isEqualTo(anonymous);
        assertThat(receipt(second).partitionKey()).isEqualTo("shop/" + anonymous);
    }

    @Test
    void leavesAnEventItsOwnIdAndServersAlone() {
        String browser = id();
        String server = id();

        careful.post(EVENT.formatted(browser), "Origin", ORIGIN);
        Reply reply = careful.post(EVENT.formatted(server));

        assertThat(body(browser).get("anonymous_id").asString()).isEqualTo("device-7");
        assertThat(reply.header("Set-Cookie")).isEmpty();
    }

    @Test
    void doesNotBelieveACookieThatIsNotItsOwn() {
        String id = id();

        careful.post(
                "{\"event_id\":\"%s\",\"event_type\":\"page_view\"}".formatted(id),
                "Origin",
                ORIGIN,
                "Cookie",
                "sluice_id=<script>");

        assertThat(body(id).get("anonymous_id").asString()).matches("[0-9a-f-]{36}");
    }

    private static String id() {
        return "visit-" + NEXT.getAndIncrement();
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString((RunningCollector.KEY + ":").getBytes());
    }

    private static Receipt receipt(String id) {
        return StoredEvents.of(streams).receipts().stream()
                .filter(receipt -> receipt.eventId().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode body(String id) {
        StoredEvents stored = StoredEvents.of(streams);
        return JSON.readTree(stored.bodies().get(stored.ids().indexOf(id)));
    }
}
