package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;
import dev.sluice.validator.process.body.PlainText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class JsonCursorTest {

    private static final int EVENTS = 100_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JACKSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "\t\r\n{ \"a\" : [ 1 , -2.5 , 1e3 , true , false , null ] , \"b\" : { } } ",
                "\"\"",
                "\"seven..\"",
                "\"eight...\"",
                "\"nine....\"",
                "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u00e9\"",
                "\"Grüße aus 東京 \uD83D\uDE00\"",
                "\"quote at seven\\\"\"",
                "0",
                "-0",
                "-1",
                "123456789012345678",
                "0.1",
                "-0.0",
                "1.5E+10",
                "4.35",
                "0.30000000000000004",
                "12345678901.2345",
                "1e-7",
            })
    void readsWhatJacksonReads(String json) {
        assertThat(read(json)).as(json).isEqualTo(JACKSON.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1]",
                "[1}",
                "\"open",
                "\"bad \\x escape\"",
                "\"short \\u12\"",
                "\"no hex \\u12g4\"",
                "\"ends with \\",
                "\"control \u0001 inside\"",
                "\"a longer one with a line\nbreak\"",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "NaN",
                "tru",
                "nulll",
                "1 1",
                "'a'",
                "{} {}",
            })
    void readsNothingThatIsNoJson(String json) {
        assertThat(read(json)).as(json).isNull();
    }

    @Test
    void givesUpOnWhatIsDeep() {
        int deepest = JsonCursor.DEEPEST;

        assertThat(read("[".repeat(deepest) + "]".repeat(deepest))).isNotNull();
        assertThat(read("[".repeat(deepest + 1) + "]".repeat(deepest + 1))).isNull();
        assertThat(read("[".repeat(1_000_000))).isNull();
    }

    /// Whatever it reads of events that were spoiled in all ways, bytes changed at random among
    /// them, Jackson reads the same.
    @Test
    void readsOfSpoiledEventsWhatJacksonReads() {
        SpoiledEvents events = new SpoiledEvents(11);
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < EVENTS; i++) {
            byte[] event = events.next().clone();
            if (i % 2 == 0 && event.length > 0) {
                event[random.nextInt(event.length)] = (byte) random.nextInt(128);
            }
            JsonNode value = read(event);
            if (value != null) {
                assertThat(jackson(event)).isEqualTo(value);
                read++;
            }
        }
        assertThat(read).isBetween(EVENTS / 4, EVENTS - EVENTS / 20);
    }

    private static @Nullable JsonNode jackson(byte[] json) {
        try {
            return JACKSON.readTree(json);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable JsonNode read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Null where the cursor gives up, and where the bytes are none for it.
    private static @Nullable JsonNode read(byte[] json) {
        if (!PlainText.is(new Bytes(json, 0, json.length))) {
            return null;
        }
        JsonCursor cursor = new JsonCursor(json, 0, json.length);
        JsonNode value = value(cursor, json);
        return value != null && cursor.isAtEnd() ? value : null;
    }

    private static @Nullable JsonNode value(JsonCursor cursor, byte[] json) {
        int before = cursor.position();
        return switch (cursor.value()) {
            case JsonKind.NULL -> NODES.nullNode();
            case JsonKind.TRUE -> NODES.booleanNode(true);
            case JsonKind.FALSE -> NODES.booleanNode(false);
            case JsonKind.TEXT -> NODES.stringNode(cursor.text());
            case JsonKind.INTEGER ->
                    cursor.isLong()
                            ? integer(cursor)
                            : JACKSON.readTree(text(json, before, cursor));
            case JsonKind.FRACTION -> NODES.numberNode(cursor.doubleValue());
            case JsonKind.LIST -> list(cursor, json);
            case JsonKind.OBJECT -> object(cursor, json);
            default -> null;
        };
    }

    private static String text(byte[] json, int from, JsonCursor cursor) {
        return new String(json, from, cursor.position() - from, StandardCharsets.UTF_8);
    }

    /// As Jackson makes the smallest number that holds it.
    private static JsonNode integer(JsonCursor cursor) {
        long value = cursor.longValue();
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private static @Nullable JsonNode list(JsonCursor cursor, byte[] json) {
        ArrayNode list = NODES.arrayNode();
        Next next = cursor.item(true);
        while (next == Next.ONE) {
            JsonNode item = value(cursor, json);
            if (item == null) {
                return null;
            }
            list.add(item);
            next = cursor.item(false);
        }
        return next == Next.END ? list : null;
    }

    private static @Nullable JsonNode object(JsonCursor cursor, byte[] json) {
        ObjectNode object = NODES.objectNode();
        Next next = cursor.field(true);
        while (next == Next.ONE) {
            String name =
                    new String(
                            json, cursor.nameFrom(), cursor.nameLength(), StandardCharsets.UTF_8);
            assertThat(cursor.nameHash()).isEqualTo(name.hashCode());
            JsonNode value = value(cursor, json);
            if (value == null) {
                return null;
            }
            object.set(name, value);
            next = cursor.field(false);
        }
        return next == Next.END ? object : null;
    }
}
