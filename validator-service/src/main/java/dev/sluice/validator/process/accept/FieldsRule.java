package dev.sluice.validator.process.accept;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.List;
import java.util.Map;

/// What an object must be; `properties`, `required`, `additionalProperties`, `minProperties`,
/// `maxProperties`, and `if` of one field's text.
///
/// @param byName at most 64, since each has a bit
/// @param required bits of the fields that must be there
/// @param others for fields that are not named
record FieldsRule(
        Map<String, FieldRule> byName,
        long required,
        ValueRule others,
        int least,
        int most,
        List<Condition> conditions) {

    /// Most fields that can be named.
    static final int MOST = 64;

    /// Which fields are required depends on the text of one.
    ///
    /// @param field that is looked at
    /// @param texts with which the condition holds
    /// @param whenAbsent whether it holds without the field
    /// @param then bits of the fields that are required if it holds
    /// @param otherwise the same if it does not
    record Condition(
            FieldRule field, List<String> texts, boolean whenAbsent, long then, long otherwise) {

        long required(boolean holds) {
            return holds ? then : otherwise;
        }
    }

    FieldsRule {
        byName = Map.copyOf(byName);
        conditions = List.copyOf(conditions);
    }

    /// Reads to the end of the object.
    boolean accepts(JsonParser parser, EventScan scan) {
        NamesSeen names = scan.names();
        int object = names.newObject();
        long seen = 0;
        long needed = required;
        int count = 0;
        boolean[] met = conditions.isEmpty() ? NO_CONDITIONS : new boolean[conditions.size()];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            FieldRule field = byName.get(name);
            JsonToken token = parser.nextToken();
            if (token == null || ++count > most) {
                return false;
            }
            if (field == null) {
                if (!names.isFirst(object, name) || !others.accepts(token, parser, scan)) {
                    return false;
                }
                continue;
            }
            if ((seen & field.bit()) != 0) {
                return false;
            }
            seen |= field.bit();
            note(field, token, parser, met);
            if (!field.accepts(token, parser, scan)) {
                return false;
            }
        }
        for (int i = 0; i < met.length; i++) {
            Condition condition = conditions.get(i);
            boolean absent = (seen & condition.field().bit()) == 0;
            needed |= condition.required(absent ? condition.whenAbsent() : met[i]);
        }
        return (seen & needed) == needed && count >= least;
    }

    private static final boolean[] NO_CONDITIONS = {};

    private void note(FieldRule field, JsonToken token, JsonParser parser, boolean[] met) {
        for (int i = 0; i < met.length; i++) {
            Condition condition = conditions.get(i);
            if (condition.field() == field) {
                met[i] =
                        token == JsonToken.VALUE_STRING
                                && condition.texts().contains(parser.getString());
            }
        }
    }

    /// The rule of a field; null when it is not named.
    @Nullable FieldRule field(String name) {
        return byName.get(name);
    }
}
