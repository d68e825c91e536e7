package dev.sluice.collector.process.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/// The splitter against Jackson's tree over random bodies, whole and damaged.
class BodySplitterFuzzTest {

    private static final long SEED = 20260101;
    private static final int BODIES = 20_000;

    private static final JsonMapper TREE =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final BodySplitter splitter = new BodySplitter(BodyLimits.DEFAULT);

    @Test
    void findsTheEventsThatATreeHolds() {
        RandomGenerator random = new Random(SEED);
        for (int i = 0; i < BODIES / 4; i++) {
            List<String> events = events(random);
            String body = body(events, random);
            BodyForm form = random.nextBoolean() ? BodyForm.LINES : BodyForm.UNSAID;

            List<ReadEvent> read = elements(body.getBytes(StandardCharsets.UTF_8), form);

            assertThat(read)
                    .describedAs(body)
                    .extracting(event -> event.bytes().asUtf8())
                    .containsExactlyElementsOf(events);
            for (ReadEvent event : read) {
                JsonNode tree = TREE.readTree(event.bytes().toArray());
                assertThat(event.refusal()).isNull();
                assertThat(event.fields())
                        .isEqualTo(
                                new EventFields(
                                        text(tree, "event_id"),
                                        text(tree, "event_type"),
                                        text(tree, "anonymous_id"),
                                        text(tree, "user_id"),
                                        text(tree, "session_id")));
            }
        }
    }

    @Test
    void agreesWithTheTreeOnDamagedBodies() {
        RandomGenerator random = new Random(SEED);
        int damaged = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] body = body(events(random), random).getBytes(StandardCharsets.UTF_8);
            damage(body, random);
            Optional<List<JsonNode>> expected = tree(body);

            SplitBody split = splitter.split(body, body.length, BodyForm.UNSAID);

            if (expected.isPresent()) {
                assertThat(trees(split)).isEqualTo(expected.get());
            } else {
                damaged++;
                assertThat(isSpoiled(split))
                        .describedAs(new String(body, StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
        assertThat(damaged).isBetween(BODIES / 10, BODIES);
    }

    /// What the splitter must answer when the tree cannot be read: no events, or one at fault.
    private static boolean isSpoiled(SplitBody split) {
        return switch (split) {
            case SplitBody.Unreadable unreadable -> true;
            case SplitBody.TooMany many -> false;
            case SplitBody.Elements elements ->
                    elements.events().stream().anyMatch(event -> event.refusal() != null);
        };
    }

    private static List<JsonNode> trees(SplitBody split) {
        assertThat(split).isInstanceOf(SplitBody.Elements.class);
        return ((SplitBody.Elements) split)
                .events().stream().map(event -> TREE.readTree(event.bytes().toArray())).toList();
    }

    /// The elements as a tree has them; empty if the body is not well-formed JSON in strict UTF-8.
    private static Optional<List<JsonNode>> tree(byte[] body) {
        List<JsonNode> elements = new ArrayList<>();
        try (JsonParser parser = TREE.createParser(body)) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            while (parser.nextToken() != null) {
                JsonNode root = TREE.readTree(parser);
                if (root.isArray()) {
                    root.forEach(elements::add);
                } else {
                    elements.add(root);
                }
            }
            return Optional.of(elements);
        } catch (JacksonException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private List<ReadEvent> elements(byte[] body, BodyForm form) {
        SplitBody split = splitter.split(body, body.length, form);
        assertThat(split).isInstanceOf(SplitBody.Elements.class);
        return ((SplitBody.Elements) split).events();
    }

    private static void damage(byte[] body, RandomGenerator random) {
        byte[] palette = "{}[]\",:\\\n 0-ex\u0001\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(3); i >= 0; i--) {
            body[random.nextInt(body.length)] = palette[random.nextInt(palette.length)];
        }
    }

    private static String body(List<String> events, RandomGenerator random) {
        String space = List.of("", " ", "\n", "\r\n\t").get(random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> "[" + space + String.join("," + space, events) + space + "]";
            case 1 -> String.join("\n" + space, events) + "\n";
            case 2 -> space + String.join("", events);
            default -> "[" + String.join("]" + space + "[", events) + "]";
        };
    }

    private static List<String> events(RandomGenerator random) {
        List<String> events = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            ObjectNode event = TREE.createObjectNode();
            event.put("event_type", "type_" + random.nextInt(10));
            for (String id : List.of("event_id", "anonymous_id", "user_id", "session_id")) {
                if (random.nextBoolean()) {
                    event.put(id, "id" + text(random));
                }
            }
            event.set("properties", value(random, 0));
            events.add(random.nextBoolean() ? event.toString() : event.toPrettyString());
        }
        return events;
    }

    private static JsonNode value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> TREE.getNodeFactory().stringNode(text(random));
            case 1 -> TREE.getNodeFactory().numberNode(random.nextLong());
            case 2 -> TREE.getNodeFactory().numberNode(random.nextGaussian());
            case 3 -> TREE.getNodeFactory().booleanNode(random.nextBoolean());
            case 4 -> TREE.getNodeFactory().nullNode();
            case 5 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static JsonNode array(RandomGenerator random, int depth) {
        ArrayNode array = TREE.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static JsonNode object(RandomGenerator random, int depth) {
        ObjectNode object = TREE.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set("k" + text(random), value(random, depth + 1));
        }
        return object;
    }

    private static String text(RandomGenerator random) {
        String[] pieces = {
            "a", "\"", "\\", "{", "}", "[", "]", ",", "\n", "é", "語", "😀", "\u0000"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static @org.jspecify.annotations.Nullable String text(JsonNode tree, String name) {
        JsonNode value = tree.get(name);
        return value == null ? null : value.stringValue();
    }
}
