package dev.sluice.collector.process.protocol.snowplow;

import static dev.sluice.collector.process.protocol.Requests.elements;
import static dev.sluice.collector.process.protocol.Requests.get;
import static dev.sluice.collector.process.protocol.Requests.json;
import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.refusal;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Self-describing events and entities, plain and in both forms of base64.
class SelfDescribingTest {

    /// Its base64 has `+`, `/` and padding where the alphabet is the standard one.
    private static final String EVENT =
            json(
                    """
                    {'schema':'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
                     'data':{'schema':'iglu:com.acme/add_to_cart/jsonschema/1-0-0',
                             'data':{'sku':'ü>>>???>>>???','price':12.50,'gift':null}}}
                    """);

    private static final String ENTITIES =
            json(
                    """
                    {'schema':'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1',
                     'data': [{'schema':'iglu:com.acme/run/jsonschema/1-0-0','data':{'id':'ü>>>???>>>???'}}]}
                    """);

    private final SnowplowTracker tracker =
            new SnowplowTracker(new ForeignReader(BodyLimits.DEFAULT));

    static Stream<Map<String, String>> codings() {
        assertThat(standard(EVENT)).contains("+", "/").endsWith("=");
        assertThat(standard(ENTITIES)).contains("+", "/").endsWith("=");
        return Stream.of(
                Map.of("ue_pr", EVENT, "co", ENTITIES),
                Map.of("ue_px", urlSafe(EVENT), "cx", urlSafe(ENTITIES)),
                Map.of("ue_px", unpadded(EVENT), "cx", unpadded(ENTITIES)),
                Map.of("ue_px", standard(EVENT), "cx", standard(ENTITIES)),
                Map.of("ue_px", spaced(EVENT), "cx", spaced(ENTITIES)),
                Map.of("ue_px", unpadded(EVENT), "co", ENTITIES));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void readsTheEventAndWhatIsAroundIt(Map<String, String> parameters) {
        JsonNode event = only(event("ue", parameters));

        assertThat(event.get("event_type").asString()).isEqualTo("add_to_cart");
        assertThat(event.get("properties"))
                .isEqualTo(tree("{'sku':'ü>>>???>>>???','price':12.50,'gift':null}"));
        assertThat(event.at("/context/schema").asString())
                .isEqualTo("iglu:com.acme/add_to_cart/jsonschema/1-0-0");
        assertThat(event.at("/context/entities"))
                .isEqualTo(
                        tree(
                                "[{'schema':'iglu:com.acme/run/jsonschema/1-0-0','data':{'id':'ü>>>???>>>???'}}]"));
        assertThat(event.get("context").has("snowplow")).isFalse();
    }

    @Test
    void leavesThePriceAsItWasSent() {
        ForeignEvents events = event("ue", Map.of("ue_px", standard(EVENT)));

        assertThat(elements(events).getFirst().bytes().asUtf8()).contains("\"price\":12.50");
    }

    @ParameterizedTest
    @MethodSource("codings")
    void readsEntitiesAroundAPageViewToo(Map<String, String> parameters) {
        assertThat(only(event("pv", parameters)).at("/context/entities")).hasSize(1);
    }

    @Test
    void putsClientHintsWhereTheEnricherLooksForThem() {
        String entities =
                json(
                        """
                        {'schema':'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0',
                         'data': [{'schema':'iglu:com.acme/run/jsonschema/1-0-0','data':{}}, 7,
                                  {'schema':'iglu:org.ietf/http_client_hints/jsonschema/1-0-0',
                                   'data':{'isMobile':true,'platform':'Android',
                                           'platformVersion':'15.0.0','model':'Pixel 9'}}]}
                        """);

        JsonNode context = only(event("pv", Map.of("co", entities))).path("context");

        assertThat(context.path("user_agent_data"))
                .isEqualTo(
                        tree(
                                "{'mobile':true,'platform':'Android','platform_version':'15.0.0',"
                                        + "'model':'Pixel 9'}"));
        assertThat(context.path("entities")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "[]",
                "{}",
                "{'schema':'x'}",
                "{'data':7}",
                "{'data':{'data':{}}}",
                "{'data':{'schema':7,'data':{}}}",
                "{'data':{'schema':'add_to_cart','data':{}}}",
                "{'data':{'schema':'iglu:com.acme/add_to_cart/jsonschema/1','data':{}}}"
            })
    void refusesAnEventThatDoesNotDescribeItself(String text) {
        String json = json(text);

        assertThat(refusal(event("ue", Map.of("ue_pr", json))).message()).contains("Iglu");
        assertThat(refusal(event("ue", Map.of("ue_px", unpadded(json)))).message())
                .contains("Iglu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ue_px", "cx"})
    void tellsWhichParameterIsNoBase64(String parameter) {
        assertThat(refusal(event("ue", Map.of("ue_pr", EVENT, parameter, "%%%"))).message())
                .isEqualTo(parameter + " is not base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{'data':{'schema':", "{'data' 7}", "{'data':[1,]}", "x y", " "})
    void refusesWhatIsNoJson(String text) {
        String json = json(text);

        assertThat(refusal(event("ue", Map.of("ue_pr", json))).message()).isNotBlank();
        assertThat(refusal(event("ue", Map.of("ue_px", standard(json)))).message()).isNotBlank();
        assertThat(refusal(event("pv", Map.of("co", json))).message()).isNotBlank();
    }

    @Test
    void refusesJsonThatIsBrokenFurtherIn() {
        String broken = EVENT.replace("null", "nul");

        assertThat(refusal(event("ue", Map.of("ue_px", standard(broken)))).message()).isNotBlank();
    }

    @Test
    void refusesBase64OfBytesThatAreNoUtf8() {
        byte[] bytes = EVENT.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(
                        refusal(
                                        event(
                                                "ue",
                                                Map.of(
                                                        "ue_px",
                                                        Base64.getEncoder().encodeToString(bytes))))
                                .message())
                .contains("UTF-8");
    }

    private ForeignEvents event(String kind, Map<String, String> parameters) {
        Map<String, String> query = new HashMap<>(parameters);
        query.put("e", kind);
        return tracker.read(get("/i", query));
    }

    private static String standard(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String spaced(String text) {
        return standard(text).replace('+', ' '); // as a query is decoded
    }

    private static String urlSafe(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unpadded(String text) {
        return urlSafe(text).replace("=", "");
    }
}
