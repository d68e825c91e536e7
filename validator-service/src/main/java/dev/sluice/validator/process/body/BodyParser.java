package dev.sluice.validator.process.body;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Parses the body of an event once, strictly: one JSON object of RFC 8259 in UTF-8, no name twice,
/// nothing after it, within the parser's limits of depth and length. Thread-safe.
public final class BodyParser {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public ParsedBody parse(Bytes body) {
        if (!Utf8.isText(body)) {
            return new ParsedBody.Unreadable("not UTF-8");
        }
        try {
            JsonNode root = JSON.readTree(body.array(), body.offset(), body.length());
            if (!root.isObject()) {
                return new ParsedBody.Unreadable("not a JSON object");
            }
            return Surrogates.isBroken(body, root)
                    ? new ParsedBody.Unreadable("half of a surrogate pair in a text")
                    : new ParsedBody.Event(root);
        } catch (JacksonException e) {
            return new ParsedBody.Unreadable(rule(e) + place(e.getLocation()));
        }
    }

    /// The parser's own message quotes the input, so it stays here.
    private static String rule(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException limit -> "JSON deeper or longer than is allowed";
            case StreamReadException syntax -> "not JSON";
            default -> "a name twice, or something after the JSON object";
        };
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getByteOffset() < 0
                ? ""
                : " at byte " + location.getByteOffset();
    }
}
