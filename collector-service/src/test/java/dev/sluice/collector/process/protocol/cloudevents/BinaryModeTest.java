package dev.sluice.collector.process.protocol.cloudevents;

import static dev.sluice.collector.process.protocol.Requests.elements;
import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.refusal;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.protocol.ForeignRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// CloudEvents whose attributes are headers and whose data is the body.
class BinaryModeTest {

    private final CloudEvents cloudEvents = new CloudEvents(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void takesAttributesFromHeadersAndDataFromTheBody() {
        JsonNode event =
                only(
                        read(
                                Map.of(
                                        "content-type", "application/json",
                                        "ce-time", "2026-11-21T01:07:33.664Z",
                                        "ce-userid", "u",
                                        "ce-anonymousid", "a",
                                        "ce-sessionid", "s",
                                        "ce-traceparent", "00-ab-cd-01",
                                        "user-agent", "emitter"),
                                "{\"total\":12.50}"));

        assertThat(event)
                .isEqualTo(
                        tree(
                                """
                                {'event_id': '/orders/7', 'event_type': 'placed',
                                 'event_ts': '2026-11-21T01:07:33.664Z', 'anonymous_id': 'a', 'user_id': 'u',
                                 'session_id': 's',
                                 'context': {'app': {'name': '/orders'},
                                   'cloudevents': {'id': '7', 'source': '/orders', 'traceparent': '00-ab-cd-01',
                                     'datacontenttype': 'application/json'}},
                                 'properties': {'total': 12.50}}
                                """));
    }

    @ParameterizedTest
    @CsvSource({"Euro%20%E2%82%AC, Euro €", "a+b, a+b", "100%, 100%", "%zz, %zz", "plain, plain"})
    void decodesHeaders(String header, String subject) {
        assertThat(only(read(Map.of("ce-subject", header), "")).get("user_id").asString())
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\":1}', '{\"a\":1}'",
        "' [1, 2] ', '{\"data\":[1,2]}'",
        "'\"text\"', '{\"data\":\"text\"}'",
        "-1.5, '{\"data\":-1.5}'",
        "true, '{\"data\":true}'"
    })
    void readsJsonWhateverTheContentTypeSays(String body, String properties) {
        for (String contentType : new String[] {"application/json", "text/plain", "image/png"}) {
            assertThat(only(read(Map.of("content-type", contentType), body)).get("properties"))
                    .isEqualTo(tree(properties));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello world",
                "hello",
                "nothing",
                "null and void",
                "nul",
                "trueish",
                "007",
                "+1",
                "<order><id>7</id></order>",
                "<br/>",
                "{not: json}",
                "{'a':1}",
                "[1,]",
                "{\"a\":1}}",
                "a=1&b=2",
                "\"half",
                "\u0000\u0001"
            })
    void keepsABodyThatIsNoJsonAsBase64(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        JsonNode event = only(read(Map.of("content-type", "text/plain"), bytes));

        assertThat(event.get("properties").propertyNames()).containsExactly("data_base64");
        assertThat(Base64.getDecoder().decode(event.at("/properties/data_base64").asString()))
                .isEqualTo(bytes);
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] bytes = {'"', (byte) 0xFF, (byte) 0xFE, '"'};

        assertThat(only(read(Map.of(), bytes)).at("/properties/data_base64").asString())
                .isEqualTo("Iv/+Ig==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", " null\n"})
    void hasNoPropertiesWithoutData(String body) {
        assertThat(only(read(Map.of(), body)).has("properties")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-id", "ce-source", "ce-type", "ce-specversion"})
    void refusesAnEventWithoutARequiredHeaderAndKeepsItWhole(String header) {
        ForeignEvents events = read(Map.of(header, ""), "{\"a\":1}");

        assertThat(refusal(events).message())
                .isEqualTo("the attribute " + header.substring(3) + " is missing");
        JsonNode kept = tree(elements(events).getFirst().bytes().asUtf8());
        assertThat(kept.size()).isEqualTo(5);
        assertThat(kept.get("data_base64").asString()).isEqualTo("eyJhIjoxfQ==");
    }

    @Test
    void refusesDataWithAKeyTwice() {
        assertThat(refusal(read(Map.of(), "{\"a\":1,\"a\":2}")).message()).contains("Duplicate");
    }

    @Test
    void refusesDataThatIsTooDeep() {
        for (int depth : new int[] {100, 100_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            ReadEvent event = elements(read(Map.of(), deep)).getFirst();
            assertThat(event.refusal()).isNotNull();
            assertThat(event.refusal().reason().code()).isEqualTo("too_large");
        }
    }

    private ForeignEvents read(Map<String, String> headers, String body) {
        return read(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private ForeignEvents read(Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>();
        all.put("ce-specversion", "1.0");
        all.put("ce-id", "7");
        all.put("ce-source", "/orders");
        all.put("ce-type", "placed");
        all.putAll(headers);
        return cloudEvents.read(
                new ForeignRequest("/v1/cloudevents", Map.of(), all, body, body.length));
    }
}
