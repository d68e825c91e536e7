package dev.sluice.collector.process.protocol.segment;

import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/// When a call of Segment's API or RudderStack's happened, when it was sent, and who sent it.
class SegmentTimeTest {

    private static final String CALLER = "2020-01-01T00:00:00.000Z";
    private static final String ORIGINAL = "2026-11-21T01:09:34.873Z";
    private static final String SENT = "2026-11-21T01:09:35.106Z";

    private final SegmentApi api = new SegmentApi(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void believesTheTimeThatTheCallerSetAndKeepsTheOther() {
        JsonNode event =
                single("'originalTimestamp':'" + ORIGINAL + "','timestamp':'" + CALLER + "'");

        assertThat(event.get("event_ts").asString()).isEqualTo(CALLER);
        assertThat(event.at("/context/original_timestamp").asString()).isEqualTo(ORIGINAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'timestamp':null", ",'timestamp':''"})
    void takesTheOriginalTimeWhereTheCallerSetNone(String timestamp) {
        JsonNode event = single("'originalTimestamp':'" + ORIGINAL + "'" + timestamp);

        assertThat(event.get("event_ts").asString()).isEqualTo(ORIGINAL);
    }

    @Test
    void repeatsNoTimeThatIsTheSame() {
        JsonNode event =
                single("'originalTimestamp':'" + ORIGINAL + "','timestamp':'" + ORIGINAL + "'");

        assertThat(event.get("event_ts").asString()).isEqualTo(ORIGINAL);
        assertThat(event.has("context")).isFalse();
    }

    @Test
    void leavesAnEventWithoutATimeWithoutOne() {
        JsonNode event = single("'messageId':'m'");

        assertThat(event.has("event_ts")).isFalse();
        assertThat(event.has("sent_ts")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1795223253664, 2026-11-21T01:07:33.664000Z",
        "'\"1795223253664\"', 2026-11-21T01:07:33.664000Z",
        "'\"2026-11-21T01:07:33.123456789Z\"', 2026-11-21T01:07:33.123456789Z",
        "'\"2026-11-21T02:07:33.664+01:00\"', 2026-11-21T02:07:33.664+01:00"
    })
    void readsTimesInTheFormsThatSdksWrite(String timestamp, String eventTs) {
        assertThat(single("'timestamp':" + timestamp).get("event_ts").asString())
                .isEqualTo(eventTs);
    }

    @Test
    void letsTheSendTimeOfAnEventGoBeforeThatOfItsEnvelope() {
        JsonNode event =
                only(
                        api.read(
                                post(
                                        "/v1/batch",
                                        "{'sentAt':'"
                                                + CALLER
                                                + "','batch':[{'type':'page','sentAt':'"
                                                + SENT
                                                + "'}]}")));

        assertThat(event.get("sent_ts").asString()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'sentAt':null", ",'sentAt':''"})
    void takesTheSendTimeOfTheEnvelopeElse(String sentAt) {
        JsonNode event =
                only(
                        api.read(
                                post(
                                        "/v1/batch",
                                        "{'batch':[{'type':'page'"
                                                + sentAt
                                                + "}],'sentAt':'"
                                                + SENT
                                                + "'}")));

        assertThat(event.get("sent_ts").asString()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/page, '{}'",
        "/v1/batch, '{\"batch\":[{\"type\":\"page\"}]}'",
        "/v1/batch, '{\"batch\":[{\"type\":\"page\"}],\"sentAt\":null}'"
    })
    void takesTheSendTimeAndTheVisitorFromTheHeadersOfRudderStacksBrowserSdk(
            String path, String body) {
        JsonNode event = only(api.read(post(path, headers("YW5vbi0x"), body)));

        assertThat(event.get("sent_ts").asString()).isEqualTo(SENT);
        assertThat(event.get("anonymous_id").asString()).isEqualTo("anon-1");
    }

    @Test
    void believesTheVisitorInTheEventMoreThanTheHeader() {
        JsonNode event =
                only(api.read(post("/v1/page", headers("YW5vbi0x"), "{'anonymousId':'own'}")));

        assertThat(event.get("anonymous_id").asString()).isEqualTo("own");
    }

    /// The second is base64, but of bytes that are no text: it was not coded at all.
    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "0bf14c3e-5d5a-4a3c-9f5e-0d6f3a2b1c4d", "gICA"})
    void makesNoVisitorOfAHeaderThatIsNoTextInBase64(String header) {
        JsonNode event = only(api.read(post("/v1/page", headers(header), "{}")));

        assertThat(event.has("anonymous_id")).isFalse();
    }

    private static Map<String, String> headers(String anonymousId) {
        return Map.of("sentat", SENT, "anonymousid", anonymousId);
    }

    private JsonNode single(String members) {
        return only(api.read(post("/v1/page", "{" + members + "}")));
    }
}
