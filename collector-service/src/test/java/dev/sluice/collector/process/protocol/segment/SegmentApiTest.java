package dev.sluice.collector.process.protocol.segment;

import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;
import static dev.sluice.collector.process.protocol.Requests.refusal;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;
import dev.sluice.collector.process.protocol.Requests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

class SegmentApiTest {

    private final SegmentApi api = new SegmentApi(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void mapsABatchOfSegmentJavaWhoseEnvelopeAloneNamesTheLibrary() {
        String body =
                """
                {'batch': [
                  {'type': 'identify', 'messageId': 'm-1', 'userId': 'u',
                   'timestamp': '2026-11-21T01:07:33.664Z', 'traits': {'plan': 'pro'}},
                  {'type': 'track', 'messageId': 'm-2', 'anonymousId': 'a', 'event': 'Order Completed',
                   'timestamp': '2026-11-21T01:07:33.665Z', 'context': {'ip': '203.0.113.7'},
                   'properties': {'total': 12.50, 'coupon': null}}],
                 'sentAt': '2026-11-21T01:07:34Z',
                 'context': {'library': {'name': 'analytics-java', 'version': '3.5.4'}, 'instanceId': 'i-1'},
                 'sequence': 3, 'writeKey': 'wk_java'}
                """;

        var events = api.read(post("/v1/import", body));

        assertThat(events.writeKey()).isEqualTo("wk_java");
        assertThat(Captures.canonical(events))
                .containsExactly(
                        tree(
                                """
                                {'event_id': 'm-1', 'event_type': 'identify', 'user_id': 'u',
                                 'event_ts': '2026-11-21T01:07:33.664Z', 'sent_ts': '2026-11-21T01:07:34Z',
                                 'context': {'library': {'name': 'analytics-java', 'version': '3.5.4'},
                                             'instanceId': 'i-1'},
                                 'properties': {'plan': 'pro'}}
                                """),
                        tree(
                                """
                                {'event_id': 'm-2', 'event_type': 'Order Completed', 'anonymous_id': 'a',
                                 'event_ts': '2026-11-21T01:07:33.665Z', 'sent_ts': '2026-11-21T01:07:34Z',
                                 'context': {'ip': '203.0.113.7',
                                             'library': {'name': 'analytics-java', 'version': '3.5.4'},
                                             'instanceId': 'i-1'},
                                 'properties': {'total': 12.50, 'coupon': null}}
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"library\":{\"name\":\"own\"}}', own",
        "'{\"library\":null}', outer",
        "'{}', outer",
        "'null', outer"
    })
    void letsTheContextOfAnEventGoBeforeThatOfItsEnvelope(String context, String library) {
        JsonNode event =
                batched(
                        "{'type':'page','context':" + context + "}",
                        "'context':{'library':{'name':'outer'},'locale':'de-DE'}");

        assertThat(event.at("/context/library/name").asString()).isEqualTo(library);
        assertThat(event.at("/context/locale").asString()).isEqualTo("de-DE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"userAgentData", "ua-ch"})
    void putsClientHintsWhereTheEnricherLooksForThem(String name) {
        JsonNode event =
                batched(
                        "{'type':'page','context':{'"
                                + name
                                + "':{'mobile':false,"
                                + "'platform':'Windows','platformVersion':'15.0.0','model':null,"
                                + "'brands':[{'brand':'Chromium','version':'141'}],"
                                + "'platform_version':'x'}}}",
                        "'context':{}");

        assertThat(event.at("/context/user_agent_data"))
                .isEqualTo(
                        tree(
                                "{'mobile':false,'platform':'Windows','platform_version':'15.0.0',"
                                        + "'brands':[{'brand':'Chromium','version':'141'}],"
                                        + "'platform_version_raw':'x'}"));
        assertThat(event.path("context").has(name)).isFalse();
    }

    @Test
    void leavesClientHintsThatAreNoObjectWhereTheyAre() {
        JsonNode event = batched("{'type':'page','context':{'userAgentData':'x'}}", "'context':{}");

        assertThat(event.at("/context/userAgentData").asString()).isEqualTo("x");
    }

    @Test
    void takesTheSessionThatTheEnvelopeNames() {
        JsonNode event = batched("{'type':'page'}", "'context':{'sessionId':1700000000123}");

        assertThat(event.path("session_id").asString("")).isEqualTo("1700000000123");
    }

    @Test
    void keepsTheDigitsOfASessionThatIsANumber() {
        JsonNode event =
                single("/v1/page", "{'context':{'sessionId':1700000000123,'sessionStart':true}}");

        assertThat(event.path("session_id").asString("")).isEqualTo("1700000000123");
        assertThat(event.get("context")).isEqualTo(tree("{'sessionStart':true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "i, identify",
        "t, Signed Up",
        "p, page",
        "s, screen",
        "g, group",
        "a, alias",
        "identify, identify",
        "track, Signed Up",
        "page, page",
        "screen, screen",
        "group, group",
        "alias, alias"
    })
    void knowsTheCallFromThePath(String call, String eventType) {
        JsonNode event = single("/v1/" + call, "{'event':'Signed Up','messageId':'m'}");

        assertThat(event.get("event_type").asString()).isEqualTo(eventType);
    }

    @Test
    void believesTheTypeInTheBodyMoreThanThePath() {
        JsonNode event = single("/v1/t", "{'type':'screen','name':'Home'}");

        assertThat(event.get("event_type").asString()).isEqualTo("screen");
        assertThat(event.get("properties")).isEqualTo(tree("{'name':'Home'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/b", "/v1/batch", "/v1/import", "/beacon/v1/batch", "/v1/t"})
    void readsABatchOnAnyPath(String path) {
        var events =
                api.read(
                        post(
                                path,
                                "{'writeKey':'wk','batch':[{'type':'page'},{'type':'group','groupId':'g'}]}"));

        assertThat(events.writeKey()).isEqualTo("wk");
        assertThat(Captures.canonical(events))
                .extracting(event -> event.get("event_type").asString())
                .containsExactly("page", "group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'type':'nonsense'", "'type':null", "'type':7", "'userId':'u'"})
    void refusesAnEventOfABatchThatIsNoCall(String member) {
        assertThat(refusal(api.read(post("/v1/batch", "{'batch':[{" + member + "}]}"))).message())
                .contains("type is none of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'event':''}", "{'event':null}", "{'event':7}", "{'event':[]}"})
    void refusesATrackedEventWithoutAName(String body) {
        assertThat(refusal(api.read(post("/v1/track", body))).message()).contains("event");
    }

    @Test
    void storesNothingOfWhatTheSdkMeasuredOfItself() {
        var events = api.read(post("/v1/m", "{'series':[{'type':'Counter','value':1}]}"));

        assertThat(Requests.elements(events)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json;charset=UTF-8",
                "multipart/form-data",
                "image/gif"
            })
    void readsJsonWhateverTheContentTypeSays(String contentType) {
        JsonNode event =
                only(
                        api.read(
                                post(
                                        "/v1/t",
                                        Map.of("content-type", contentType),
                                        "{'event':'a=b&c=d'}")));

        assertThat(event.get("event_type").asString()).isEqualTo("a=b&c=d");
    }

    @Test
    void repeatsNoTraitsThatTheContextOnlyCopies() {
        JsonNode event =
                single(
                        "/v1/identify",
                        "{'traits':{'plan':'pro'},'context':{'traits':{'plan':'pro'}}}");

        assertThat(event.has("context")).isFalse();
        assertThat(event.get("properties")).isEqualTo(tree("{'plan':'pro'}"));
    }

    @Test
    void keepsTheTraitsThatGoAlongWithAnotherCall() {
        JsonNode event = single("/v1/track", "{'event':'e','context':{'traits':{'plan':'pro'}}}");

        assertThat(event.at("/context/traits/plan").asString()).isEqualTo("pro");
    }

    @Test
    void tellsWhoTheUserWasBeforeAnAlias() {
        JsonNode event = single("/v1/alias", "{'userId':'new','previousId':'old'}");

        assertThat(event.get("user_id").asString()).isEqualTo("new");
        assertThat(event.get("properties")).isEqualTo(tree("{'previous_id':'old'}"));
    }

    @Test
    void keepsThePropertiesOfAPageWhereItsNameDiffers() {
        JsonNode event =
                single(
                        "/v1/page",
                        "{'name':'Home','category':'Docs','properties':{'name':'own','url':'u'}}");

        assertThat(event.get("properties"))
                .isEqualTo(tree("{'name':'own','url':'u','category':'Docs'}"));
    }

    @Test
    void keepsTheNumbersThatAnIdIsMadeOf() {
        JsonNode event =
                single(
                        "/v1/page",
                        "{'userId':12345678901234567890,'anonymousId':0,'messageId':9007199254740993}");

        assertThat(event.get("user_id").asString()).isEqualTo("12345678901234567890");
        assertThat(event.get("anonymous_id").asString()).isEqualTo("0");
        assertThat(event.get("event_id").asString()).isEqualTo("9007199254740993");
    }

    @Test
    void keepsALongMessageIdBesideItsHash() {
        String id = "node-0123456789abcdef0123456789abcdef-01234567-89ab-4cde-8f01-23456789abcd";

        JsonNode event = single("/v1/page", "{'messageId':'" + id + "'}");

        assertThat(event.get("event_id").asString())
                .isEqualTo("sha256-ab0136fbb1cb2a8e99d87eed013f39f3");
        assertThat(event.at("/context/message_id").asString()).isEqualTo(id);
    }

    @Test
    void readsTheSameEventsWithAByteOrderMark() {
        assertThat(Captures.canonical(api.read(post("/v1/page", "\uFEFF{'messageId':'m'}"))))
                .isEqualTo(List.of(single("/v1/page", "{'messageId':'m'}")));
    }

    private JsonNode single(String path, String body) {
        return only(api.read(post(path, body)));
    }

    private JsonNode batched(String event, String envelope) {
        return only(api.read(post("/v1/batch", "{'batch':[" + event + "]," + envelope + "}")));
    }
}
