package dev.sluice.collector.process.protocol.snowplow;

import static dev.sluice.collector.process.protocol.Requests.get;
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
import dev.sluice.collector.process.protocol.Requests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class SnowplowTrackerTest {

    private static final String POST = "/com.snowplowanalytics.snowplow/tp2";

    private final SnowplowTracker tracker =
            new SnowplowTracker(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void mapsAPageViewWhoseValuesAreAllText() {
        ForeignEvents events =
                payload(
                        """
                        {'e': 'pv', 'eid': 'e-1', 'aid': 'wk_shop', 'p': 'web', 'tv': 'js-4.10.1', 'tna': 'sp',
                         'dtm': '1795223253664', 'stm': '1795223253700', 'uid': 'u', 'duid': 'd', 'sid': 's',
                         'url': 'https://shop.example/p?utm_source=news', 'page': 'Shop', 'refr': 'https://r.example/',
                         'res': '1920x1080', 'vp': '800x600', 'lang': 'de-DE', 'tz': 'Europe/Berlin',
                         'ip': '203.0.113.7', 'ua': 'Mozilla/5.0'}
                        """);

        assertThat(events.writeKey()).isEqualTo("wk_shop");
        assertThat(only(events))
                .isEqualTo(
                        tree(
                                """
                                {'event_id': 'e-1', 'event_type': 'page_view',
                                 'event_ts': '2026-11-21T01:07:33.664000Z', 'sent_ts': '2026-11-21T01:07:33.700000Z',
                                 'anonymous_id': 'd', 'user_id': 'u', 'session_id': 's',
                                 'context': {
                                   'page': {'url': 'https://shop.example/p?utm_source=news', 'path': '/p',
                                            'referrer': 'https://r.example/', 'title': 'Shop'},
                                   'app': {'name': 'wk_shop'}, 'library': {'name': 'js-4.10.1'},
                                   'locale': 'de-DE', 'timezone': 'Europe/Berlin',
                                   'screen': {'width': 1920, 'height': 1080}, 'campaign': {'source': 'news'},
                                   'ip': '203.0.113.7', 'user_agent': 'Mozilla/5.0',
                                   'snowplow': {'p': 'web', 'vp': '800x600', 'tna': 'sp'}},
                                 'properties': {}}
                                """));
    }

    @Test
    void readsTheSameEventFromAQueryAsFromABody() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("e", "se");
        query.put("eid", "e-1");
        query.put("aid", "wk");
        query.put("se_ca", "shop & co");
        query.put("se_va", "13.5");

        ForeignEvents got = tracker.read(get("/i", query));

        assertThat(got.writeKey()).isEqualTo("wk");
        assertThat(only(got))
                .isEqualTo(
                        only(
                                payload(
                                        "{'e':'se','eid':'e-1','aid':'wk','se_ca':'shop & co','se_va':'13.5'}")));
    }

    @Test
    void takesAnEmptyParameterOfAQueryForNone() {
        JsonNode event =
                only(
                        tracker.read(
                                get(
                                        "/i",
                                        Map.of(
                                                "e",
                                                "pv",
                                                "dtm",
                                                "1795223253664",
                                                "ttm",
                                                "",
                                                "stm",
                                                "",
                                                "uid",
                                                "",
                                                "cx",
                                                "",
                                                "co",
                                                ""))));

        assertThat(event.get("event_ts").asString()).isEqualTo("2026-11-21T01:07:33.664000Z");
        assertThat(event.has("sent_ts")).isFalse();
        assertThat(event.has("user_id")).isFalse();
    }

    @Test
    void findsNoEventInAQueryThatIsEmpty() {
        assertThat(Requests.elements(tracker.read(get("/i", Map.of())))).isEmpty();
    }

    @Test
    void believesTheTrueTimeAndCorrectsItByNoClock() {
        JsonNode event =
                only(
                        payload(
                                "{'e':'pv','ttm':'1577836800000','dtm':'1795223253664','stm':'1795223253700'}"));

        assertThat(event.get("event_ts").asString()).isEqualTo("2020-01-01T00:00:00.000000Z");
        assertThat(event.has("sent_ts")).isFalse();
        assertThat(event.at("/context/snowplow"))
                .isEqualTo(tree("{'dtm':'1795223253664','stm':'1795223253700'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"duid\":\"d\",\"nuid\":\"n\",\"tnuid\":\"t\"', d",
        "'\"nuid\":\"n\",\"tnuid\":\"t\"', n",
        "'\"tnuid\":\"t\"', t",
        "'\"duid\":\"\",\"tnuid\":\"t\"', t"
    })
    void takesTheNetworksIdWhereTheDomainHasNone(String ids, String anonymousId) {
        assertThat(only(payload("{'e':'pv'," + ids + "}")).get("anonymous_id").asString())
                .isEqualTo(anonymousId);
    }

    @ParameterizedTest
    @CsvSource({
        "pv, page_view",
        "pp, page_ping",
        "se, struct_event",
        "tr, transaction",
        "ti, transaction_item"
    })
    void namesTheKindsOfEvents(String kind, String eventType) {
        assertThat(only(payload("{'e':'" + kind + "'}")).get("event_type").asString())
                .isEqualTo(eventType);
    }

    @Test
    void makesEventsOfAnOrderAndOfEachOfItsItems() {
        ForeignEvents events =
                payload(
                        """
                        {'e': 'tr', 'eid': 'e-1', 'tr_id': 'o-1', 'tr_af': 'web', 'tr_tt': '30.00', 'tr_tx': '4.79',
                         'tr_sh': '0', 'tr_ci': 'Berlin', 'tr_st': 'BE', 'tr_co': 'DE', 'tr_cu': 'EUR'},
                        {'e': 'ti', 'eid': 'e-2', 'ti_id': 'o-1', 'ti_sk': '007', 'ti_nm': 'Shoe', 'ti_ca': 'shoes',
                         'ti_pr': '10.00', 'ti_qu': '3', 'ti_cu': 'EUR'}
                        """);

        assertThat(Captures.canonical(events))
                .extracting(event -> event.get("properties"))
                .containsExactly(
                        tree(
                                """
                                {'order_id': 'o-1', 'affiliation': 'web', 'total': 30.00, 'tax': 4.79, 'shipping': 0,
                                 'city': 'Berlin', 'state': 'BE', 'country': 'DE', 'currency': 'EUR'}
                                """),
                        tree(
                                """
                                {'order_id': 'o-1', 'sku': '007', 'name': 'Shoe', 'category': 'shoes',
                                 'price': 10.00, 'quantity': 3, 'currency': 'EUR'}
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "13.50, 13.50",
        "0, 0",
        "-1, -1",
        "007, '\"007\"'",
        "1e5, '\"1e5\"'",
        "NaN, '\"NaN\"'",
        "'1,5', '\"1,5\"'",
        "1., '\"1.\"'",
        ".5, '\".5\"'"
    })
    void makesANumberOfAValueThatIsWrittenAsJsonWritesOne(String value, String json) {
        ForeignEvents events = payload("{'e':'se','se_ac':'a','se_va':'" + value + "'}");

        assertThat(Requests.elements(events).getFirst().bytes().asUtf8())
                .contains("\"value\":" + json + "}");
    }

    @Test
    void keepsParametersOfAnotherKindOfEvent() {
        JsonNode event = only(payload("{'e':'pv','se_ca':'shop','f_pdf':'1'}"));

        assertThat(event.get("properties")).isEqualTo(tree("{}"));
        assertThat(event.at("/context/snowplow")).isEqualTo(tree("{'se_ca':'shop','f_pdf':'1'}"));
    }

    @Test
    void believesValuesThatAreNoText() {
        JsonNode event =
                only(payload("{'e':'se','dtm':1795223253664,'se_va':13.5,'uid':7,'sid':null}"));

        assertThat(event.get("event_ts").asString()).isEqualTo("2026-11-21T01:07:33.664000Z");
        assertThat(event.get("user_id").asString()).isEqualTo("7");
        assertThat(event.has("session_id")).isFalse();
        assertThat(event.at("/properties/value").decimalValue()).isEqualByComparingTo("13.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'e':''}", "{'e':'xx'}", "{'e':null}", "{'e':{}}"})
    void refusesAnEventOfNoKindAlone(String bad) {
        List<ReadEvent> events = Requests.elements(payload(bad + ",{'e':'pv','eid':'good'}"));

        assertThat(events.getFirst().refusal()).isNotNull();
        assertThat(events.getFirst().bytes().asUtf8()).isEqualTo(Requests.json(bad));
        assertThat(events.getLast().refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'schema':'x'}", "{'schema':'x','data':null}", "{'e':'xx'}", "7"})
    void refusesABodyWithoutDataInsteadOfForgettingIt(String body) {
        assertThat(refusal(tracker.read(post(POST, body))).message()).isNotBlank();
    }

    @Test
    void readsEventsWithoutTheirEnvelope() {
        ForeignEvents events =
                tracker.read(post(POST, "[{'e':'pv','eid':'e-1','aid':'wk'},{'e':'pv'}]"));

        assertThat(events.writeKey()).isEqualTo("wk");
        assertThat(Captures.canonical(events)).hasSize(2);
    }

    @Test
    void findsNoEventInAnEmptyBatch() {
        assertThat(Requests.elements(payload(""))).isEmpty();
    }

    @Test
    void keepsALongIdBesideItsHash() {
        String id = "a".repeat(65);

        JsonNode event = only(payload("{'e':'pv','eid':'" + id + "'}"));

        assertThat(event.get("event_id").asString())
                .isEqualTo("sha256-635361c48bb9eab14198e76ea8ab7f1a");
        assertThat(event.at("/context/message_id").asString()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1920x", "x", "1920x1080x2", "1920 x 1080", "99999999x1"})
    void keepsAResolutionThatIsNone(String resolution) {
        JsonNode event = only(payload("{'e':'pv','res':'" + resolution + "'}"));

        assertThat(event.at("/context/resolution").asString()).isEqualTo(resolution);
        assertThat(event.at("/context").has("screen")).isFalse();
    }

    private ForeignEvents payload(String events) {
        String schema = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4";
        return tracker.read(post(POST, "{'schema':'" + schema + "','data':[" + events + "]}"));
    }
}
