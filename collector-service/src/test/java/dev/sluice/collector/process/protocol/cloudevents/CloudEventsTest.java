package dev.sluice.collector.process.protocol.cloudevents;

import static dev.sluice.collector.process.protocol.Requests.elements;
import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;
import static dev.sluice.collector.process.protocol.Requests.refusal;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// Structured and batched mode; binary mode has a test of its own.
class CloudEventsTest {

    private static final String PATH = "/v1/cloudevents";
    private static final String REQUIRED =
            "'specversion':'1.0','id':'7','source':'/orders','type':'com.acme.order.placed'";

    private final CloudEvents cloudEvents = new CloudEvents(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void mapsAStructuredEvent() {
        JsonNode event =
                only(
                        cloudEvents.read(
                                post(
                                        PATH,
                                        """
                                        {'specversion': '1.0', 'id': '7', 'source': '/orders',
                                         'type': 'com.acme.order.placed', 'time': '2026-11-21T02:07:33.664+01:00',
                                         'subject': 'order-7', 'userid': 'u', 'anonymousid': 'a', 'sessionid': 's',
                                         'datacontenttype': 'application/json', 'dataschema': 'https://acme.example/s',
                                         'traceparent': '00-ab-cd-01', 'attempt': 2, 'test': true,
                                         'data': {'total': 12.50, 'note': null}}
                                        """)));

        assertThat(event)
                .isEqualTo(
                        tree(
                                """
                                {'event_id': '/orders/7', 'event_type': 'com.acme.order.placed',
                                 'event_ts': '2026-11-21T02:07:33.664+01:00', 'anonymous_id': 'a', 'user_id': 'u',
                                 'session_id': 's',
                                 'context': {'app': {'name': '/orders'},
                                   'cloudevents': {'id': '7', 'source': '/orders', 'subject': 'order-7',
                                     'datacontenttype': 'application/json', 'dataschema': 'https://acme.example/s',
                                     'traceparent': '00-ab-cd-01', 'attempt': '2', 'test': 'true'}},
                                 'properties': {'total': 12.50, 'note': null}}
                                """));
    }

    @Test
    void takesTheSubjectForTheUserWhereNoExtensionNamesOne() {
        assertThat(structured("'subject':'u-1'").get("user_id").asString()).isEqualTo("u-1");
    }

    @Test
    void keepsAnExtensionWhoseNameIsNotInLowerCase() {
        JsonNode event = structured("'userId':'u'");

        assertThat(event.has("user_id")).isFalse();
        assertThat(event.at("/context/cloudevents/userId").asString()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({"x, '{\"a\":1}'", "x, '[\"a\"]'", "userid, '{\"a\":1}'", "time, '[\"a\"]'"})
    void keepsTheTextOfWhatIsNoAttribute(String name, String value) {
        JsonNode event = structured("'" + name + "':" + value);

        assertThat(event.at("/context/cloudevents/" + name + "_raw").asString()).isEqualTo(value);
        assertThat(event.has("user_id")).isFalse();
        assertThat(event.has("event_ts")).isFalse();
    }

    @Test
    void keepsAVersionThatIsNotTheUsualOne() {
        String event = "{" + REQUIRED.replace("1.0", "0.3") + "}";

        assertThat(
                        only(cloudEvents.read(post(PATH, event)))
                                .at("/context/cloudevents/specversion")
                                .asString())
                .isEqualTo("0.3");
    }

    @Test
    void takesNullForAbsent() {
        JsonNode event = structured("'userid':null,'time':null,'x':null,'data':null");

        assertThat(event.has("user_id")).isFalse();
        assertThat(event.has("event_ts")).isFalse();
        assertThat(event.has("properties")).isFalse();
        assertThat(event.get("context").get("cloudevents").has("x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"text\"', '{\"data\":\"text\"}'",
        "7, '{\"data\":7}'",
        "false, '{\"data\":false}'",
        "'[1,{\"a\":2}]', '{\"data\":[1,{\"a\":2}]}'",
        "'{\"a\":1}', '{\"a\":1}'",
        "{}, {}"
    })
    void keepsDataOfAnyType(String data, String properties) {
        assertThat(structured("'data':" + data).get("properties")).isEqualTo(tree(properties));
    }

    @Test
    void keepsBytesInBase64() {
        assertThat(structured("'data_base64':'AAEC/w=='").get("properties"))
                .isEqualTo(tree("{'data_base64':'AAEC/w=='}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'data_base64':7",
                "'data_base64':{'a':1}",
                "'data_base64':['AA==']",
                "'data_base64':'AA==','data':{'a':1}"
            })
    void refusesBase64ThatIsNoTextOrNotAlone(String members) {
        assertThat(
                        refusal(cloudEvents.read(post(PATH, "{" + REQUIRED + "," + members + "}")))
                                .message())
                .contains("data_base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"specversion", "id", "source", "type"})
    void refusesAnEventWithoutARequiredAttribute(String name) {
        String without = "{" + REQUIRED.replace("'" + name + "'", "'x" + name + "'") + "}";
        String empty =
                "{" + REQUIRED.replaceAll("'" + name + "':'[^']*'", "'" + name + "':''") + "}";

        assertThat(refusal(cloudEvents.read(post(PATH, without))).message())
                .isEqualTo("the attribute " + name + " is missing");
        assertThat(refusal(cloudEvents.read(post(PATH, empty))).message())
                .isEqualTo("the attribute " + name + " is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents-batch+json",
                "application/cloudevents+json",
                "application/json",
                "text/plain"
            })
    void readsABatchWhateverTheContentTypeSays(String contentType) {
        var events =
                cloudEvents.read(
                        post(
                                PATH,
                                Map.of("content-type", contentType),
                                "[{" + REQUIRED + "},{" + REQUIRED.replace("'7'", "'8'") + "}]"));

        assertThat(Captures.canonical(events))
                .extracting(event -> event.get("event_id").asString())
                .containsExactly("/orders/7", "/orders/8");
    }

    @Test
    void refusesABadEventOfABatchAlone() {
        List<ReadEvent> events =
                elements(
                        cloudEvents.read(
                                post(PATH, "[7,{" + REQUIRED + "},{'specversion':'1.0'}]")));

        assertThat(events)
                .extracting(event -> event.refusal() == null)
                .containsExactly(false, true, false);
    }

    @Test
    void findsNoEventInAnEmptyBatch() {
        assertThat(elements(cloudEvents.read(post(PATH, "[]")))).isEmpty();
        assertThat(elements(cloudEvents.read(post(PATH, "")))).isEmpty();
    }

    /// The hash is that of `printf /orders/%060d 0 | sha256sum`.
    @Test
    void makesALongIdAHashAndKeepsBothItsParts() {
        JsonNode event =
                only(
                        cloudEvents.read(
                                post(
                                        PATH,
                                        "{"
                                                + REQUIRED.replace(
                                                        "'7'", "'" + "0".repeat(60) + "'")
                                                + "}")));

        assertThat(event.get("event_id").asString())
                .isEqualTo("sha256-e7306c9a8bc174343b0c4f2b4b933de9");
        assertThat(event.at("/context/cloudevents/id").asString()).isEqualTo("0".repeat(60));
        assertThat(event.at("/context/cloudevents/source").asString()).isEqualTo("/orders");
    }

    private JsonNode structured(String members) {
        return only(cloudEvents.read(post(PATH, "{" + REQUIRED + "," + members + "}")));
    }
}
