package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Picks the top-level fields out of one event's tokens and judges them one by one. The first thing
/// that is wrong is the one that is told.
final class FieldScan {

    /// Bytes of an id that is not the event's own, as the warehouse counts them.
    static final int MAX_ID_BYTES = 256;

    private static final String TYPE_FORM = "^[a-z][a-z0-9_]{0,63}$";

    private final TypeRule typeRule;
    private @Nullable String eventId;
    private @Nullable String eventType;
    private @Nullable String anonymousId;
    private @Nullable String userId;
    private @Nullable String sessionId;
    private @Nullable String wrong;

    FieldScan(TypeRule typeRule) {
        this.typeRule = typeRule;
    }

    /// Reads to the end of the object whose start is the parser's current token.
    void read(JsonParser parser) {
        boolean looking = typeRule != TypeRule.NOT_READ;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (looking ? name : "") {
                case "event_id" -> eventId = id(parser, name, EventId.MAX_BYTES);
                case "event_type" -> eventType = type(parser);
                case "anonymous_id" -> anonymousId = id(parser, name, MAX_ID_BYTES);
                case "user_id" -> userId = id(parser, name, MAX_ID_BYTES);
                case "session_id" -> sessionId = id(parser, name, MAX_ID_BYTES);
                default -> {}
            }
            parser.skipChildren();
        }
        if (looking && eventType == null) {
            complain("event_type is missing");
        }
    }

    EventFields fields() {
        return new EventFields(eventId, eventType, anonymousId, userId, sessionId);
    }

    /// What is wrong with the fields, if anything is.
    @Nullable Rejection refusal() {
        return wrong == null ? null : new Rejection.Malformed(wrong);
    }

    /// Whether the text has the form of our own API's types; without a regular expression, because
    /// it is asked of every event.
    static boolean isType(String text) {
        return !text.isEmpty()
                && text.length() <= 64
                && text.charAt(0) >= 'a'
                && text.charAt(0) <= 'z'
                && text.chars().allMatch(FieldScan::isOfType);
    }

    private static boolean isOfType(int unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9') || unit == '_';
    }

    private @Nullable String type(JsonParser parser) {
        if (typeRule == TypeRule.ANY_NAME) {
            return id(parser, "event_type", MAX_ID_BYTES);
        }
        String text = text(parser, "event_type");
        if (text != null && !isType(text)) {
            complain("event_type does not match " + TYPE_FORM);
            return null;
        }
        return text;
    }

    private @Nullable String id(JsonParser parser, String name, int maxBytes) {
        String text = text(parser, name);
        if (text == null) {
            return null;
        }
        int bytes = Utf8.encodedLength(text);
        if (bytes < 0) {
            complain(name + " holds half of a surrogate pair");
            return null;
        }
        if (bytes > maxBytes) {
            complain(name + " is longer than " + maxBytes + " bytes");
            return null;
        }
        return text;
    }

    private @Nullable String text(JsonParser parser, String name) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            return text.isEmpty() ? null : text;
        }
        if (token != JsonToken.VALUE_NULL) {
            complain(name + " is not a string");
        }
        return null;
    }

    private void complain(String what) {
        if (wrong == null) {
            wrong = what;
        }
    }
}
