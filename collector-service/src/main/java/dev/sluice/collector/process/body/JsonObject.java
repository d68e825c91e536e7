package dev.sluice.collector.process.body;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// The members of one JSON object, in their order. Of two with one name the first counts.
public final class JsonObject {

    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    static JsonObject parse(byte[] text, int from, int to) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        int at = JsonSpan.skipWhitespace(text, from + 1, to);
        while (at < to - 1 && text[at] != '}') {
            if (text[at] != '"') {
                throw new JsonSyntaxException("Expected the name of a member", at);
            }
            int nameEnd = end(text, at, to);
            int colon = JsonSpan.skipWhitespace(text, nameEnd, to);
            if (colon >= to || text[colon] != ':') {
                throw new JsonSyntaxException("Expected a colon after the name of a member", colon);
            }
            int value = JsonSpan.skipWhitespace(text, colon + 1, to);
            int valueEnd = end(text, value, to);
            String name = new JsonValue(text, at, nameEnd).string();
            members.putIfAbsent(name == null ? "" : name, new JsonValue(text, value, valueEnd));
            at = JsonSpan.afterComma(text, valueEnd, to, '}');
        }
        return new JsonObject(members);
    }

    /// The member of that name; null if there is none or it is the JSON null.
    public @Nullable JsonValue get(String name) {
        JsonValue value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /// See {@link JsonValue#string}.
    public @Nullable String string(String name) {
        JsonValue value = members.get(name);
        return value == null ? null : value.string();
    }

    /// See {@link JsonValue#scalar}.
    public @Nullable String scalar(String name) {
        JsonValue value = members.get(name);
        return value == null ? null : value.scalar();
    }

    /// The object of that name; an empty one if there is none.
    public JsonObject object(String name) {
        JsonValue value = members.get(name);
        return value == null ? EMPTY : value.object();
    }

    /// Whether there is a member of that name, be it null.
    public boolean has(String name) {
        return members.containsKey(name);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /// All members, nulls included.
    public void forEach(BiConsumer<String, JsonValue> action) {
        members.forEach(action);
    }

    private static int end(byte[] text, int from, int to) {
        int end = from < to ? JsonSpan.end(text, from, to) : -1;
        if (end < 0) {
            throw new JsonSyntaxException("Unexpected end-of-input in an object", to);
        }
        return end;
    }
}
