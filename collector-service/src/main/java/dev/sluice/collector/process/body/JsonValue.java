package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One value of JSON text, where it stands; nothing is decoded until somebody asks.
///
/// Methods that look inside throw {@link JsonSyntaxException} when the text is not JSON there,
/// which the {@link ForeignReader} turns into an answer or a refusal.
public final class JsonValue {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Never a guess at UTF-16 or UTF-32 from the first bytes.
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build();

    private final byte[] text;
    private final int from;
    private final int to;

    JsonValue(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /// The only value of that text.
    public static JsonValue parse(Bytes bytes) {
        int end = bytes.offset() + bytes.length();
        int start = JsonSpan.skipWhitespace(bytes.array(), bytes.offset(), end);
        int after = start < end ? JsonSpan.end(bytes.array(), start, end) : -1;
        if (after < 0) {
            throw new JsonSyntaxException("Unexpected end-of-input", end);
        }
        int rest = JsonSpan.skipWhitespace(bytes.array(), after, end);
        if (rest < end) {
            throw new JsonSyntaxException("Something follows the end of the value", rest);
        }
        return new JsonValue(bytes.array(), start, after);
    }

    public boolean isObject() {
        return text[from] == '{';
    }

    public boolean isArray() {
        return text[from] == '[';
    }

    public boolean isString() {
        return text[from] == '"';
    }

    public boolean isNull() {
        return to - from == 4
                && text[from] == 'n'
                && text[from + 1] == 'u'
                && text[from + 2] == 'l'
                && text[from + 3] == 'l';
    }

    /// Whether all of it is JSON. How deep and how long it may be is for the {@link EventReader}.
    public boolean isJson() {
        if (Utf8.firstIllFormed(text, from, to) >= 0) {
            return false;
        }
        try (JsonParser parser = parser()) {
            while (parser.nextToken() != null) {
                // Only that there is a next one matters.
            }
            return true;
        } catch (StreamConstraintsException beyond) {
            return true;
        } catch (JacksonException wrong) {
            return false;
        }
    }

    /// The text of a string that is not empty; null for anything else.
    public @Nullable String string() {
        return isString() && to - from > 2 ? decoded() : null;
    }

    /// The text of a string that is not empty, a number or a boolean; null for anything else.
    public @Nullable String scalar() {
        return switch (text[from]) {
            case '"' -> string();
            case '{', '[', 'n' -> null;
            default -> new String(text, from, to - from, StandardCharsets.UTF_8);
        };
    }

    /// The members of an object; none if it is something else.
    public JsonObject object() {
        return isObject() ? JsonObject.parse(text, from, to) : JsonObject.EMPTY;
    }

    /// The first so many elements of an array; none if it is something else.
    public List<JsonValue> elements(int most) {
        List<JsonValue> elements = new ArrayList<>();
        int at = isArray() ? JsonSpan.skipWhitespace(text, from + 1, to) : to;
        while (at < to - 1 && text[at] != ']' && elements.size() < most) {
            int end = JsonSpan.end(text, at, to);
            if (end < 0) {
                throw new JsonSyntaxException("Unexpected end-of-input in an array", to);
            }
            elements.add(new JsonValue(text, at, end));
            at = JsonSpan.afterComma(text, end, to, ']');
        }
        return elements;
    }

    /// As it stands in the text.
    public Bytes bytes() {
        return new Bytes(text, from, to - from);
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    private String decoded() {
        for (int at = from + 1; at < to - 1; at++) {
            if (text[at] == '\\') {
                return unescaped();
            }
        }
        return new String(text, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private String unescaped() {
        try (JsonParser parser = parser()) {
            JsonToken token = parser.nextToken();
            return token == JsonToken.VALUE_STRING ? parser.getString() : "";
        } catch (JacksonException failure) {
            throw new JsonSyntaxException(SyntaxMessage.of(failure), from);
        }
    }

    private JsonParser parser() {
        return JSON.createParser(ObjectReadContext.empty(), text, from, to - from);
    }

    /// Nothing of the content: it is somebody's event.
    @Override
    public String toString() {
        return "JsonValue[" + (to - from) + "]";
    }
}
