package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.contracts.rejection.Rejection;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Requests written by hand, and what a protocol makes of them. In bodies a single quote stands for
/// a double one.
public final class Requests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Requests() {}

    public static ForeignRequest post(String path, String body) {
        return post(path, Map.of(), body);
    }

    public static ForeignRequest post(String path, Map<String, String> headers, String body) {
        byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
        return new ForeignRequest(path, Map.of(), headers, bytes, bytes.length);
    }

    public static ForeignRequest post(String path, byte[] body) {
        return new ForeignRequest(path, Map.of(), Map.of(), body, body.length);
    }

    public static ForeignRequest get(String path, Map<String, String> query) {
        return new ForeignRequest(path, query, Map.of(), new byte[0], 0);
    }

    public static String json(String text) {
        return text.replace('\'', '"');
    }

    public static JsonNode tree(String text) {
        return JSON.readTree(json(text));
    }

    /// The elements of a request that can be read, good and bad.
    public static List<ReadEvent> elements(ForeignEvents events) {
        assertThat(events.body()).isInstanceOf(SplitBody.Elements.class);
        return ((SplitBody.Elements) events.body()).events();
    }

    /// The only event of a request, which has to be good.
    public static JsonNode only(ForeignEvents events) {
        List<JsonNode> canonical = Captures.canonical(events);
        assertThat(canonical).hasSize(1);
        return canonical.getFirst();
    }

    /// Why the only event of a request is refused, which it has to be.
    public static Rejection refusal(ForeignEvents events) {
        List<ReadEvent> elements = elements(events);
        assertThat(elements).hasSize(1);
        Rejection refusal = elements.getFirst().refusal();
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
