package dev.sluice.validator.process.accept;

import dev.sluice.validator.process.contract.ContractExamples;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Events from the contracts' examples, changed in ways that clients, and people who mean harm,
/// change them. The same seed gives the same events.
final class SpoiledEvents {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "x",
                    "EUR",
                    "EUR\n",
                    "eur",
                    "1-0-0",
                    "1-0-0\n",
                    "9-9-9",
                    "01-0-0",
                    "2026-11-27T10:00:00Z",
                    "2026-11-27T10:00:00.123456789+01:00",
                    "2026-02-29T10:00:00Z",
                    "2026-11-27 10:00:00Z",
                    "2026-11-27T24:00:00Z",
                    "2026-11-27T10:00:60Z",
                    "2026-11-27T10:00:00",
                    "2026-11-27t10:00:00z",
                    "0000-01-01T00:00:00Z",
                    "2026-11-27T10:00:00.Z",
                    "2026-11-27T10:00:00+15:00",
                    "２０２６-11-27T10:00:00Z",
                    "thumbs_up",
                    "up",
                    "null",
                    "true",
                    "\u0000",
                    "é",
                    "\uD83D\uDE00",
                    "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00",
                    "\u2028",
                    "a\\u0000b");

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-0",
                    "0.0",
                    "-0.0",
                    "1",
                    "1.0",
                    "1e0",
                    "-1",
                    "0.1",
                    "1.5",
                    "100",
                    "101",
                    "1000000",
                    "1000001",
                    "1000000000000",
                    "1000000000000.0",
                    "1000000000000.0001",
                    "1000000000001",
                    "9007199254740993",
                    "9223372036854775807",
                    "9223372036854775808",
                    "1e19",
                    "1e308",
                    "1e309",
                    "-1e309",
                    "1E-400",
                    "0.30000000000000004",
                    "1.0000000000000000000001");

    private static final List<String> HOSTILE =
            List.of(
                    "{\"event_type\":\"page_view\",\"event_type\":\"page_view\"}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"name\":\"a\",\"name\":\"b\"}}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"zz\":1,\"zz\":2}}",
                    "{\"event_type\":\"page_view\",\"context\":{\"x\":{\"y\":1,\"y\":1}}}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"x\":[{\"y\":1},{\"y\":1,\"z\":[{\"y\":2,\"y\":3}]}]}}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"x\":[{\"y\":1},{\"y\":1,\"z\":{\"y\":2}}]}}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"Aa\":1,\"BB\":2,\"AaAa\":3,\"BBBB\":4,\"AaBB\":5}}",
                    "{\"event_type\":\"page_view\"} {}",
                    "{\"event_type\":\"page_view\"}]",
                    "{\"event_type\":\"page_view\",}",
                    "{\"event_type\":\"page_view\",\"x\":\"\\ud800\"}",
                    "{\"event_type\":\"page_view\",\"\\ud800\":1}",
                    "{\"event_type\":\"page_view\",\"x\":\"\\uD83D\\uDE00\"}",
                    "{\"event_type\":\"page_view\",\"x\":NaN}",
                    "{\"event_type\":\"page_view\",\"x\":01}",
                    "{\"event_type\":\"page_view\",\"properties\":[]}",
                    "{\"event_type\":\"page_view\",\"properties\":null}",
                    "{\"event_type\":\"page_view\",\"schema_version\":null}",
                    "{\"properties\":{\"name\":7},\"event_type\":\"page_view\"}",
                    "{\"properties\":{\"name\":\"x\"},\"event_type\":\"page_view\"}",
                    "{\"properties\":{},\"properties\":{},\"event_type\":\"page_view\"}",
                    "{\"event_type\":\"\\u0070age_view\"}",
                    "{\"\\u0065vent_type\":\"page_view\"}",
                    "{\"event_type\":\"page_view\",\"properties\":{\"name\":1},\"schema_version\":\"1-0-0\"}",
                    "{\"event_type\":\" \"}",
                    "{\"event_type\":7}",
                    "{\"event_type\":\"no_such_type\"}",
                    "{}",
                    "[]",
                    "\"page_view\"",
                    "",
                    "\uFEFF{\"event_type\":\"page_view\"}");

    private final Random random;
    private final List<ContractExamples.Example> examples = ContractExamples.all();

    SpoiledEvents(long seed) {
        random = new Random(seed);
    }

    /// Examples as they are, in both orders of type and properties.
    static List<byte[]> good() {
        List<byte[]> events = new ArrayList<>();
        for (ContractExamples.Example example : ContractExamples.all()) {
            events.add(bytes(example.event()));
            ObjectNode late = NODES.objectNode();
            late.set("properties", example.event().path("properties"));
            example.event().forEachEntry((name, value) -> late.set(name, value));
            events.add(bytes(late));
        }
        return events;
    }

    /// The next event.
    byte[] next() {
        if (random.nextInt(20) == 0) {
            return HOSTILE.get(random.nextInt(HOSTILE.size())).getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode event =
                (ObjectNode) examples.get(random.nextInt(examples.size())).event().deepCopy();
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            change(event);
        }
        byte[] bytes = bytes(event);
        return random.nextInt(8) == 0 ? damaged(bytes) : bytes;
    }

    private void change(ObjectNode event) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(event, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set("extra_" + random.nextInt(3), value());
            case 2 -> moveToTheEnd(object, name);
            case 3 -> fill(object, name);
            default -> object.set(name, value());
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2, 3 -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 4, 5 -> NODES.rawValueNode(number());
            case 6 -> NODES.objectNode().set("in", NODES.numberNode(random.nextInt()));
            default -> list();
        };
    }

    private RawValue number() {
        return new RawValue(NUMBERS.get(random.nextInt(NUMBERS.size())));
    }

    private ArrayNode list() {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(120); i > 0; i--) {
            list.add(random.nextInt(3));
        }
        return list;
    }

    /// A text around the lengths that contracts bound, of one or two UTF-16 units a letter.
    private void fill(ObjectNode object, String name) {
        int[] lengths = {1, 2, 3, 63, 64, 65, 127, 128, 129, 255, 256, 257, 512, 513, 4096, 4097};
        String letter = random.nextBoolean() ? "a" : "\uD83D\uDE00";
        object.put(name, letter.repeat(lengths[random.nextInt(lengths.length)]));
    }

    private static void moveToTheEnd(ObjectNode object, String name) {
        JsonNode value = object.remove(name);
        if (value != null) {
            object.set(name, value);
        }
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        if (random.nextBoolean()) {
            return Arrays.copyOf(bytes, at);
        }
        byte[] damaged = bytes.clone();
        damaged[at] = (byte) random.nextInt(256);
        return damaged;
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    private static byte[] bytes(JsonNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
