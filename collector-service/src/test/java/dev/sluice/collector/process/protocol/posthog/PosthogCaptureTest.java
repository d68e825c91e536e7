package dev.sluice.collector.process.protocol.posthog;

import static dev.sluice.collector.process.protocol.Requests.elements;
import static dev.sluice.collector.process.protocol.Requests.json;
import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;
import static dev.sluice.collector.process.protocol.Requests.refusal;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

class PosthogCaptureTest {

    private final PosthogCapture posthog =
            new PosthogCapture(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void mapsABatchOfPosthogNode() {
        ForeignEvents events =
                read(
                        """
                        {'api_key': 'phc_1', 'sent_at': '2026-11-21T01:07:34.000Z', 'batch': [
                          {'event': 'Order Completed', 'uuid': 'e-1', 'distinct_id': 'u', 'type': 'capture',
                           'timestamp': '2026-11-21T01:07:33.664Z',
                           'properties': {'total': 12.50, 'coupon': null, '$lib': 'posthog-node',
                             '$lib_version': '5.70.0', '$session_id': 's', '$geoip_disable': true,
                             '$current_url': 'https://shop.example/p?utm_source=news', '$referrer': 'https://r.example/',
                             '$ip': '203.0.113.7', '$raw_user_agent': 'Mozilla/5.0'}}]}
                        """);

        assertThat(events.writeKey()).isEqualTo("phc_1");
        assertThat(only(events))
                .isEqualTo(
                        tree(
                                """
                                {'event_id': 'e-1', 'event_type': 'Order Completed',
                                 'event_ts': '2026-11-21T01:07:33.664Z', 'sent_ts': '2026-11-21T01:07:34.000Z',
                                 'user_id': 'u', 'session_id': 's',
                                 'context': {
                                   'page': {'url': 'https://shop.example/p?utm_source=news', 'path': '/p',
                                            'referrer': 'https://r.example/'},
                                   'library': {'name': 'posthog-node', 'version': '5.70.0'},
                                   'campaign': {'source': 'news'},
                                   'ip': '203.0.113.7', 'user_agent': 'Mozilla/5.0',
                                   'posthog': {'type': 'capture', '$geoip_disable': true}},
                                 'properties': {'total': 12.50, 'coupon': null}}
                                """));
    }

    @Test
    void mapsABatchOfTheNewerProtocolWhoseEnvelopeIsInTheHeaders() {
        ForeignEvents events =
                posthog.read(
                        post(
                                "/i/v1/analytics/events",
                                Map.of(
                                        "posthog-request-timestamp", "2026-11-21T01:07:34.000Z",
                                        "posthog-sdk-info", "posthog-node/5.70.0",
                                        "posthog-attempt", "2"),
                                """
                                {'created_at': '2026-11-21T01:07:30.000Z', 'batch': [
                                  {'event': 'e', 'uuid': 'e-1', 'distinct_id': 'u', 'session_id': 's',
                                   'timestamp': '2026-11-21T01:07:33.664Z', 'properties': {'a': 1}}]}
                                """));

        assertThat(events.writeKey()).isNull();
        assertThat(only(events))
                .isEqualTo(
                        tree(
                                """
                                {'event_id': 'e-1', 'event_type': 'e', 'event_ts': '2026-11-21T01:07:33.664Z',
                                 'sent_ts': '2026-11-21T01:07:34.000Z', 'user_id': 'u', 'session_id': 's',
                                 'context': {'library': {'name': 'posthog-node', 'version': '5.70.0'}, 'posthog': {}},
                                 'properties': {'a': 1}}
                                """));
    }

    @Test
    void readsASingleEvent() {
        ForeignEvents events = read("{'api_key':'phc_1','event':'e','distinct_id':'u'}");

        assertThat(events.writeKey()).isEqualTo("phc_1");
        assertThat(only(events).get("event_type").asString()).isEqualTo("e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'e','properties':{'token':'phc_1'}}",
                "[{'event':'e','properties':{'token':'phc_1'}}]",
                "[{'event':'e','api_key':'phc_1'},{'event':'f'}]",
                "{'batch':[{'event':'e','properties':{'token':'phc_1'}}]}"
            })
    void findsTheKeyInAnEventWhereTheEnvelopeHasNone(String body) {
        ForeignEvents events = read(body);

        assertThat(events.writeKey()).isEqualTo("phc_1");
        assertThat(Captures.canonical(events).getFirst().get("properties")).isEqualTo(tree("{}"));
    }

    @Test
    void keepsATokenThatIsNotTheKey() {
        JsonNode event =
                only(
                        read(
                                """
                                {'api_key': 'phc_1', 'batch': [{'event': 'e', 'properties': {'token': 'ETH'}}]}
                                """));

        assertThat(event.get("properties")).isEqualTo(tree("{'token':'ETH'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'event':''}", "{'event':7}", "7", "null", "[]"})
    void refusesABadEventAloneAndKeepsItAsItWasSent(String bad) {
        List<ReadEvent> events = elements(read("{'batch':[" + bad + ",{'event':'good'}]}"));

        assertThat(events).hasSize(2);
        assertThat(events.getFirst().refusal()).isNotNull();
        assertThat(events.getFirst().bytes().asUtf8()).isEqualTo(json(bad));
        assertThat(events.getLast().refusal()).isNull();
    }

    @Test
    void refusesABatchThatIsNoArray() {
        assertThat(refusal(read("{'batch':7}")).message()).contains("an event is an object");
        assertThat(only(read("{'batch':{'event':'e'}}")).get("event_type").asString())
                .isEqualTo("e");
    }

    @Test
    void findsNoEventInAnEmptyBatch() {
        assertThat(elements(read("{'api_key':'k','batch':[]}"))).isEmpty();
        assertThat(elements(read(""))).isEmpty();
    }

    @Test
    void keepsALongIdBesideItsHash() {
        String id = "a".repeat(65);

        JsonNode event = only(read("{'event':'e','uuid':'" + id + "'}"));

        assertThat(event.get("event_id").asString())
                .isEqualTo("sha256-635361c48bb9eab14198e76ea8ab7f1a");
        assertThat(event.at("/context/message_id").asString()).isEqualTo(id);
    }

    private ForeignEvents read(String body) {
        return posthog.read(post("/batch", body));
    }
}
