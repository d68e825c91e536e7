package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Requests recorded from real SDKs, and the canonical events that were written by hand for them:
/// `/captures/NAME.json` and `/captures/NAME.expected.json`, an array with the array of events of
/// each request that carries any.
public final class Captures {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Captures() {}

    /// The requests of a capture that carry events, in their order.
    public static List<ForeignRequest> requests(String name) {
        List<ForeignRequest> requests = new ArrayList<>();
        for (JsonNode recorded : resource(name + ".json")) {
            if (!recorded.get("method").asString().equals("OPTIONS")) {
                requests.add(request(recorded));
            }
        }
        return requests;
    }

    /// What a protocol makes of each request of a capture: an array of arrays of events.
    public static JsonNode mapped(String name, Protocol protocol) {
        return JSON.valueToTree(
                requests(name).stream().map(request -> canonical(protocol.read(request))).toList());
    }

    /// What was written by hand for the same.
    public static JsonNode expected(String name) {
        return resource(name + ".expected.json");
    }

    /// The events of a request, all of which have to be good.
    public static List<JsonNode> canonical(ForeignEvents events) {
        assertThat(events.body()).isInstanceOf(SplitBody.Elements.class);
        List<JsonNode> canonical = new ArrayList<>();
        for (ReadEvent event : ((SplitBody.Elements) events.body()).events()) {
            assertThat(event.refusal()).isNull();
            canonical.add(JSON.readTree(event.bytes().asUtf8()));
        }
        return canonical;
    }

    private static ForeignRequest request(JsonNode recorded) {
        String target = recorded.get("path").asString();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Map<String, String> headers = new LinkedHashMap<>();
        recorded.get("headers")
                .properties()
                .forEach(
                        header ->
                                headers.put(
                                        header.getKey().toLowerCase(Locale.ROOT),
                                        header.getValue().asString()));
        headers.keySet().removeAll(List.of("authorization", "cookie"));
        byte[] body = body(recorded).getBytes(StandardCharsets.UTF_8);
        return new ForeignRequest(
                path.length() > 1 && path.endsWith("/")
                        ? path.substring(0, path.length() - 1)
                        : path,
                query(mark < 0 ? "" : target.substring(mark + 1)),
                headers,
                body,
                body.length);
    }

    private static String body(JsonNode recorded) {
        return recorded.has("body_decoded_text")
                ? recorded.get("body_decoded_text").asString()
                : recorded.path("body_text").asString("");
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static JsonNode resource(String name) {
        try (InputStream file = Captures.class.getResourceAsStream("/captures/" + name)) {
            assertThat(file).as("resource /captures/%s", name).isNotNull();
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read /captures/" + name, e);
        }
    }
}
