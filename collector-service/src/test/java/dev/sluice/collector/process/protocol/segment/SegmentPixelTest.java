package dev.sluice.collector.process.protocol.segment;

import static dev.sluice.collector.process.protocol.Requests.get;
import static dev.sluice.collector.process.protocol.Requests.json;
import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.Requests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/// Calls in the query of an image's address.
class SegmentPixelTest {

    /// Its base64 has a character of each alphabet: `Pj4+Pz8/` or `Pj4-Pz8_`.
    private static final String CALL =
            json("{'event':'Opened','writeKey':'wk','userId':'ü>>>???','messageId':'m'} ");

    private final SegmentApi api = new SegmentApi(new ForeignReader(BodyLimits.DEFAULT));

    static Stream<String> codings() {
        byte[] json = CALL.getBytes(StandardCharsets.UTF_8);
        String standard = Base64.getEncoder().encodeToString(json);
        String urlSafe = Base64.getUrlEncoder().encodeToString(json);
        assertThat(standard).contains("+", "/").endsWith("=");
        return Stream.of(
                standard,
                standard.replace("=", ""),
                standard.replace('+', ' '), // as a query is decoded
                urlSafe,
                urlSafe.replace("=", ""));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void readsACallInBase64OfEitherAlphabetPaddedOrNot(String data) {
        var events = api.read(get("/v1/pixel/track", Map.of("data", data)));

        JsonNode event = only(events);
        assertThat(events.writeKey()).isEqualTo("wk");
        assertThat(event.get("event_type").asString()).isEqualTo("Opened");
        assertThat(event.get("user_id").asString()).isEqualTo("ü>>>???");
        assertThat(event.get("event_id").asString()).isEqualTo("m");
    }

    @Test
    void knowsTheCallFromThePath() {
        String data = coded("{'name':'Newsletter'}");

        assertThat(
                        only(api.read(get("/v1/pixel/page", Map.of("data", data))))
                                .get("event_type")
                                .asString())
                .isEqualTo("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "a", "bm90IGpzb24"})
    void tellsThatNothingCanBeReadFromWhatIsNoJsonInBase64(String data) {
        assertThat(api.read(get("/v1/pixel/track", Map.of("data", data))).body())
                .isInstanceOf(SplitBody.Unreadable.class);
    }

    @Test
    void refusesACallThatIsNone() {
        assertThat(refusal(api.read(get("/v1/pixel/track", Map.of("data", coded("7"))))).message())
                .contains("an event is an object");
    }

    @Test
    void findsNoEventWhereThereIsNoData() {
        assertThat(Requests.elements(api.read(get("/v1/pixel/track", Map.of())))).isEmpty();
    }

    private static String coded(String text) {
        return Base64.getEncoder().encodeToString(json(text).getBytes(StandardCharsets.UTF_8));
    }
}
