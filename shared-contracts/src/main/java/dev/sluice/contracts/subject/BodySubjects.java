package dev.sluice.contracts.subject;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.LinkedHashSet;
import java.util.Set;

/// Whose an event is by what was sent, valid or not: the ids of its body, under all their names, as
/// far as it can be read.
public final class BodySubjects {

    private static final JsonFactory JSON = new JsonFactory();

    private BodySubjects() {}

    /// The ids that come before the first thing that is no JSON, in their order; none in bytes that
    /// are no JSON object. A number counts as its digits.
    public static Set<SubjectId> of(byte[] body) {
        Set<SubjectId> found = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                read(parser, found);
            }
        } catch (JacksonException e) {
            // What was found before is there.
        }
        return found;
    }

    private static void read(JsonParser parser, Set<SubjectId> found) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                add(name, parser, found);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void add(String name, JsonParser parser, Set<SubjectId> found) {
        for (SubjectKind kind : SubjectKind.values()) {
            if (kind.isNamed(name)) {
                SubjectId.of(kind, parser.getString()).ifPresent(found::add);
            }
        }
    }
}
