package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a body says of itself, valid or not: its type and whose it is, as far as it can be read.
///
/// @param eventType null if it has none that is a text
/// @param subjects the ids under all their names, in their order; a number counts as its digits
public record BodyGlance(@Nullable String eventType, Set<SubjectId> subjects) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final SubjectKind[] KINDS = SubjectKind.values();
    private static final String EVENT_TYPE = "event_type";

    private static final byte[] EVENT_TYPE_NAME = EVENT_TYPE.getBytes(StandardCharsets.US_ASCII);

    public BodyGlance {
        subjects = Collections.unmodifiableSet(subjects);
    }

    /// What comes before the first thing that is no JSON; nothing of bytes that are no JSON object.
    /// Of bytes that are no UTF-8 it may find ids that [BodySubjects] does not, never fewer.
    public static BodyGlance of(Bytes body) {
        Found quick = new Found();
        JsonCursor cursor = new JsonCursor(body.array(), body.offset(), body.length());
        return quick.readQuickly(cursor) ? quick.all() : parsed(body);
    }

    static BodyGlance parsed(Bytes body) {
        Found found = new Found();
        try (JsonParser parser =
                JSON.createParser(
                        ObjectReadContext.empty(), body.array(), body.offset(), body.length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                found.read(parser);
            }
        } catch (JacksonException e) {
            // What was found before is there.
        }
        return found.all();
    }

    private static final class Found {

        private final Set<SubjectId> subjects = new LinkedHashSet<>(4);
        private @Nullable String eventType;

        BodyGlance all() {
            return new BodyGlance(eventType, subjects);
        }

        void read(JsonParser parser) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!value.isScalarValue()) {
                    parser.skipChildren();
                } else if (name.equals(EVENT_TYPE)) {
                    eventType = value == JsonToken.VALUE_STRING ? parser.getString() : null;
                } else if (value != JsonToken.VALUE_NULL) {
                    add(name, parser);
                }
            }
        }

        private void add(String name, JsonParser parser) {
            for (SubjectKind kind : KINDS) {
                if (kind.isNamed(name)) {
                    SubjectId.of(kind, parser.getString()).ifPresent(subjects::add);
                }
            }
        }

        /// @return false if only a parser can say; then what was found does not count
        boolean readQuickly(JsonCursor cursor) {
            if (cursor.value() != JsonKind.OBJECT) {
                return false;
            }
            Next next = cursor.field(true);
            while (next == Next.ONE) {
                if (!readField(cursor)) {
                    return false;
                }
                next = cursor.field(false);
            }
            return next == Next.END;
        }

        private boolean readField(JsonCursor cursor) {
            SubjectKind kind = kind(cursor);
            boolean type = cursor.isNamed(EVENT_TYPE_NAME);
            int value = cursor.value();
            if (kind == null && !type) {
                return cursor.skip(value);
            }
            if (value != JsonKind.TEXT) {
                return value == JsonKind.NULL && !type;
            }
            if (kind == null) {
                eventType = cursor.text();
            } else {
                SubjectId.of(kind, cursor.text()).ifPresent(subjects::add);
            }
            return true;
        }

        private static @Nullable SubjectKind kind(JsonCursor cursor) {
            for (SubjectKind kind : KINDS) {
                if (kind.isNamed(cursor)) {
                    return kind;
                }
            }
            return null;
        }
    }
}
