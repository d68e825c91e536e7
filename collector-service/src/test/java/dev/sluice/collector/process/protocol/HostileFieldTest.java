package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.contracts.rejection.Rejection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Each field of an event in turn holds what nobody expects there, with a good event beside it.
class HostileFieldTest {

    /// Found again in what comes out, unless the event is refused.
    private static final String MARK = "7700770077007700";

    private static final String HERE = "\"-here-\"";
    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final List<String> MARKED =
            List.of(
                    MARK,
                    "-" + MARK + ".5e400",
                    "\"" + MARK + "\"",
                    "[\"" + MARK + "\"]",
                    "{\"" + MARK + "\":{\"url\":[]}}",
                    "{\"name\":" + MARK + ",\"width\":\"" + MARK + "\",\"value\":[" + MARK + "]}",
                    "[".repeat(40) + MARK + "]".repeat(40),
                    "\"" + MARK + "x".repeat(5000) + "\"",
                    "\"" + MARK + "\\u0000\\ud800\\\"\"",
                    MARK + "0".repeat(900));

    private static final List<String> UNMARKED =
            List.of("null", "true", "false", "0", "-0.0", "\"\"", "[]", "{}", "[null]", "\" \"");

    static Stream<Sample> samples() {
        return Sample.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverSpoilsTheEventBesideIt(Sample sample) {
        for (String variant : variants(sample, MARKED, UNMARKED)) {
            List<ReadEvent> events = Requests.elements(sample.read(variant + "," + sample.event()));

            assertThat(events).as(variant).hasSize(2);
            assertThat(events.getLast().refusal()).as(variant).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesOutAsJsonWithIdsThatAreTextOrIsRefusedAsItWasSent(Sample sample) {
        for (String variant : variants(sample, MARKED, UNMARKED)) {
            ReadEvent event = Requests.elements(sample.read(variant)).getFirst();
            Rejection refusal = event.refusal();
            if (refusal != null) {
                assertThat(event.bytes().asUtf8()).isEqualTo(variant);
                assertThat(refusal.message()).isNotBlank().doesNotContain(MARK);
                continue;
            }
            JsonNode json = STRICT.readTree(event.bytes().asUtf8());
            assertThat(json.get("event_type").asString()).as(variant).isNotEmpty();
            for (String id : List.of("event_id", "anonymous_id", "user_id", "session_id")) {
                assertThat(json.path(id).isString() || json.path(id).isMissingNode())
                        .as(id + " of " + variant)
                        .isTrue();
            }
            assertThat(json.path("event_id").asString("").length()).isLessThanOrEqualTo(64);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isNotLost(Sample sample) {
        List<String> lost = new ArrayList<>();
        for (String variant : variants(sample, MARKED, List.of())) {
            ReadEvent event = Requests.elements(sample.read(variant)).getFirst();
            if (!event.bytes().asUtf8().contains(MARK)) {
                int at = variant.indexOf(MARK);
                lost.add(variant.substring(Math.max(0, at - 60), at + MARK.length()));
            }
        }

        assertThat(lost).isEmpty();
    }

    private static List<String> variants(Sample sample, List<String> some, List<String> others) {
        List<String> variants = new ArrayList<>();
        for (String template : templates(sample.event())) {
            some.forEach(value -> variants.add(template.replace(HERE, value)));
            others.forEach(value -> variants.add(template.replace(HERE, value)));
        }
        return variants;
    }

    /// The event as often as it has members, at any depth, each time with another one replaced.
    private static List<String> templates(String event) {
        List<String> templates = new ArrayList<>();
        JsonNode root = STRICT.readTree(event);
        replaceEach((ObjectNode) root, root, templates);
        return templates;
    }

    private static void replaceEach(ObjectNode in, JsonNode root, List<String> templates) {
        for (String name : List.copyOf(in.propertyNames())) {
            JsonNode member = in.get(name);
            in.put(name, "-here-");
            templates.add(root.toString());
            in.set(name, member);
            if (member instanceof ObjectNode inner) {
                replaceEach(inner, root, templates);
            }
        }
    }
}
