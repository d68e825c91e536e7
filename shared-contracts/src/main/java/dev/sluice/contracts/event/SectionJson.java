package dev.sluice.contracts.event;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.time.Instant;
import java.util.function.Consumer;

/// Writes and reads the flat JSON objects that the services add to an event. Absent means null.
final class SectionJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SectionJson() {}

    static Bytes write(Consumer<Writer> fields) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.writeStartObject();
            fields.accept(new Writer(generator));
            generator.writeEndObject();
        }
        return Bytes.of(bytes.toByteArray());
    }

    static Fields read(EventSection section, Bytes bytes) {
        SectionFields fields = new SectionFields();
        JsonCursor cursor = new JsonCursor(bytes.array(), bytes.offset(), bytes.length());
        return fields.readQuickly(cursor)
                ? new Fields(section, fields)
                : new Fields(section, readAll(section, bytes));
    }

    /// For what the cursor does not read, and to say what is wrong.
    private static SectionFields readAll(EventSection section, Bytes bytes) {
        SectionFields fields = new SectionFields();
        try (JsonParser parser =
                JSON.createParser(
                        ObjectReadContext.empty(), bytes.array(), bytes.offset(), bytes.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("section " + section + " is not an object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    fields.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "section " + section + " is not JSON: " + e.getOriginalMessage());
        }
        return fields;
    }

    record Writer(JsonGenerator generator) {

        void text(String name, @Nullable String value) {
            if (value != null) {
                generator.writeStringProperty(name, value);
            }
        }

        void time(String name, @Nullable Instant value) {
            text(name, value == null ? null : Timestamps.format(value));
        }

        void rejection(String name, @Nullable Rejection value) {
            if (value != null) {
                text(name, value.reason().code());
                text(name + "_message", value.message());
            }
        }
    }

    record Fields(EventSection section, SectionFields values) {

        @Nullable String text(String name) {
            return values.get(name);
        }

        String requireText(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("section " + section + " has no " + name);
            }
            return value;
        }

        @Nullable Instant time(String name) {
            return values.get(name) == null ? null : requireTime(name);
        }

        Instant requireTime(String name) {
            return Timestamps.parse(requireText(name))
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "section " + section + ": " + name + " is no time"));
        }

        @Nullable Rejection rejection(String name) {
            String reason = text(name);
            return reason == null ? null : Rejection.of(reason, requireText(name + "_message"));
        }
    }
}
