package dev.sluice.collector.process.protocol.clickstream;

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
import dev.sluice.collector.process.protocol.ForeignRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class ClickstreamWebTest {

    private static final String PATH = "/collect";

    private final ClickstreamWeb clickstream =
            new ClickstreamWeb(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void mapsAPageView() {
        JsonNode event =
                only(
                        sent(
                                """
                                [{'event_type': '_page_view', 'event_id': 'e-1', 'timestamp': 1795223253664,
                                  'device_id': 'd', 'unique_id': 'q', 'app_id': 'wk', 'platform': 'Web',
                                  'sdk_name': 'aws-solution-clickstream-sdk', 'sdk_version': '0.12.6',
                                  'locale': 'de-DE', 'zone_offset': 3600000, 'make': 'Gecko',
                                  'screen_width': 1280, 'screen_height': 720,
                                  'user': {'_user_id': {'value': 'u', 'set_timestamp': 1795223253000},
                                           'plan': {'value': 'pro', 'set_timestamp': 1795223253000}},
                                  'items': [{'id': 'i-1', 'price': 12.50}],
                                  'attributes': {'_session_id': 's', '_session_number': 2, 'color': 'red', 'size': null,
                                    '_page_url': 'https://shop.example/p?utm_source=news', '_page_title': 'Shop',
                                    '_latest_referrer': 'https://r.example/', '_entrances': 1}}]
                                """,
                                "1795223253700"));

        assertThat(event)
                .isEqualTo(
                        tree(
                                """
                                {'event_id': 'e-1', 'event_type': '_page_view',
                                 'event_ts': '2026-11-21T01:07:33.664000Z', 'sent_ts': '2026-11-21T01:07:33.700000Z',
                                 'anonymous_id': 'd', 'user_id': 'u', 'session_id': 's',
                                 'context': {
                                   'page': {'url': 'https://shop.example/p?utm_source=news', 'path': '/p',
                                            'referrer': 'https://r.example/', 'title': 'Shop'},
                                   'app': {'name': 'wk'},
                                   'library': {'name': 'aws-solution-clickstream-sdk', 'version': '0.12.6'},
                                   'locale': 'de-DE', 'screen': {'width': 1280, 'height': 720},
                                   'campaign': {'source': 'news'},
                                   'user': {'_user_id': {'value': 'u', 'set_timestamp': 1795223253000},
                                            'plan': {'value': 'pro', 'set_timestamp': 1795223253000}},
                                   'clickstream': {'device_id': 'd', 'unique_id': 'q', 'platform': 'Web',
                                     'zone_offset': 3600000, 'make': 'Gecko', '_session_number': 2, '_entrances': 1}},
                                 'properties': {'color': 'red', 'size': null, 'items': [{'id': 'i-1', 'price': 12.50}]}}
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"device_id\":\"d\",\"unique_id\":\"q\"', d",
        "'\"unique_id\":\"q\"', q",
        "'\"device_id\":null,\"unique_id\":\"q\"', q",
        "'\"device_id\":\"\",\"unique_id\":\"q\"', q"
    })
    void takesTheUniqueIdWhereThereIsNoDevice(String ids, String anonymousId) {
        assertThat(single(ids).get("anonymous_id").asString()).isEqualTo(anonymousId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'user':{}",
                "'user':null",
                "'user':{'_user_id':null}",
                "'user':{'_user_id':{}}",
                "'user':{'_user_id':{'value':null}}",
                "'user':{'_user_id':{'value':''}}"
            })
    void knowsNoUserBeforeOneIsSet(String user) {
        assertThat(single(user).has("user_id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1795223253664, 2026-11-21T01:07:33.664000Z",
        "'\"1795223253664\"', 2026-11-21T01:07:33.664000Z",
        "'\"2026-11-21T01:07:33Z\"', 2026-11-21T01:07:33Z"
    })
    void readsTheTime(String timestamp, String eventTs) {
        assertThat(single("'timestamp':" + timestamp).get("event_ts").asString())
                .isEqualTo(eventTs);
    }

    @Test
    void hasNoSendTimeWithoutThatOfTheUpload() {
        assertThat(single("'timestamp':1").has("sent_ts")).isFalse();
        assertThat(only(sent("[{'event_type':'a'}]", "")).has("sent_ts")).isFalse();
    }

    @Test
    void findsTheKeyInTheFirstEvent() {
        assertThat(read("[{'event_type':'a','app_id':'wk'},{'event_type':'b'}]").writeKey())
                .isEqualTo("wk");
        assertThat(read("{'event_type':'a','app_id':'wk'}").writeKey()).isEqualTo("wk");
        assertThat(read("[]").writeKey()).isNull();
        assertThat(read("[7]").writeKey()).isNull();
    }

    @Test
    void believesTheTrafficSourceMoreThanTheAddress() {
        JsonNode event =
                single(
                        """
                        'attributes': {'_page_url': 'https://shop.example/?utm_source=address',
                          '_traffic_source_source': 'own', '_traffic_source_medium': 'cpc',
                          '_traffic_source_campaign': 'spring', '_traffic_source_term': 't',
                          '_traffic_source_content': 'c'}
                        """);

        assertThat(event.at("/context/campaign"))
                .isEqualTo(
                        tree(
                                "{'source':'own','medium':'cpc','term':'t','content':'c','name':'spring'}"));
    }

    @Test
    void makesTheSearchTermTheQuery() {
        JsonNode event =
                only(read("[{'event_type':'_search','attributes':{'_search_term':'shoe'}}]"));

        assertThat(event.get("properties")).isEqualTo(tree("{'query':'shoe'}"));
    }

    @Test
    void keepsBothOfTwoAttributesWithOneName() {
        JsonNode event = single("'_error':1,'attributes':{'_error':2,'items':[3]},'items':[4]");

        assertThat(event.at("/context/clickstream"))
                .isEqualTo(tree("{'_error':1,'_error_attribute':2}"));
        assertThat(event.at("/properties/items")).isEqualTo(tree("[4]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'items':null"})
    void findsItemsAmongTheAttributesToo(String items) {
        JsonNode event = single("'attributes':{'items':[{'id':'i-1'}]}" + items);

        assertThat(event.get("properties")).isEqualTo(tree("{'items':[{'id':'i-1'}]}"));
    }

    @ParameterizedTest
    @CsvSource({"1280.5", "-1", "'\"1280\"'", "12345678", "true", "1e3"})
    void keepsAScreenThatHasNoSizeInPixels(String width) {
        JsonNode event = single("'screen_width':" + width + ",'screen_height':720");

        assertThat(event.get("context").has("screen")).isFalse();
        assertThat(event.at("/context/clickstream/screen_width")).isEqualTo(tree(width));
        assertThat(event.at("/context/clickstream/screen_height").asInt()).isEqualTo(720);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'event_type':''}", "{'event_type':7}", "7", "null", "[]"})
    void refusesABadEventAloneAndKeepsItAsItWasSent(String bad) {
        List<ReadEvent> events = elements(read("[" + bad + ",{'event_type':'good'}]"));

        assertThat(events).hasSize(2);
        assertThat(events.getFirst().refusal()).isNotNull();
        assertThat(events.getFirst().bytes().asUtf8()).isEqualTo(json(bad));
        assertThat(events.getLast().refusal()).isNull();
    }

    @Test
    void readsOneEventThatIsInNoArray() {
        assertThat(only(read("{'event_type':'a'}")).get("event_type").asString()).isEqualTo("a");
        assertThat(refusal(read("7")).message()).contains("an event is an object");
    }

    @Test
    void findsNoEventInAnEmptyBatch() {
        assertThat(elements(read("[]"))).isEmpty();
        assertThat(elements(read(""))).isEmpty();
    }

    @Test
    void readsABatchInItsOrder() {
        assertThat(Captures.canonical(read("[{'event_type':'a'},{'event_type':'b'}]")))
                .extracting(event -> event.get("event_type").asString())
                .containsExactly("a", "b");
    }

    @Test
    void keepsALongIdBesideItsHash() {
        String id = "a".repeat(65);

        JsonNode event = single("'event_id':'" + id + "'");

        assertThat(event.get("event_id").asString())
                .isEqualTo("sha256-635361c48bb9eab14198e76ea8ab7f1a");
        assertThat(event.at("/context/message_id").asString()).isEqualTo(id);
    }

    private JsonNode single(String members) {
        return only(read("[{'event_type':'a'," + members + "}]"));
    }

    private ForeignEvents read(String body) {
        return clickstream.read(post(PATH, body));
    }

    private ForeignEvents sent(String body, String uploadTimestamp) {
        byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
        Map<String, String> query =
                Map.of("platform", "Web", "appId", "wk", "upload_timestamp", uploadTimestamp);
        return clickstream.read(new ForeignRequest(PATH, query, Map.of(), bytes, bytes.length));
    }
}
