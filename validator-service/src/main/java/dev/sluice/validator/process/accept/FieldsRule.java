package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;
import dev.sluice.contracts.json.JsonKind;

import java.util.List;

/// What an object must be; `properties`, `required`, `additionalProperties`, `minProperties`,
/// `maxProperties`, and `if` of one field's text.
///
/// @param named at most 64 fields, since each has a bit
/// @param required bits of the fields that must be there
/// @param others for fields that are not named
record FieldsRule(
        FieldTable named,
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
        conditions = List.copyOf(conditions);
    }

    /// Reads to the end of the object.
    boolean accepts(EventScan scan) {
        JsonCursor cursor = scan.cursor();
        NamesSeen names = scan.names();
        int object = names.newObject();
        long seen = 0;
        long needed = required;
        int count = 0;
        boolean[] met = conditions.isEmpty() ? NO_CONDITIONS : new boolean[conditions.size()];
        Next next = cursor.field(true);
        for (; next == Next.ONE; next = cursor.field(false)) {
            FieldRule field = named.find(cursor);
            if (++count > most) {
                return false;
            }
            if (field == null) {
                if (!names.isFirst(object) || !others.accepts(cursor.value(), scan)) {
                    return false;
                }
                continue;
            }
            if ((seen & field.bit()) != 0) {
                return false;
            }
            seen |= field.bit();
            int kind = cursor.value();
            note(field, kind, cursor, met);
            if (!field.accepts(kind, scan)) {
                return false;
            }
        }
        for (int i = 0; i < met.length; i++) {
            Condition condition = conditions.get(i);
            boolean absent = (seen & condition.field().bit()) == 0;
            needed |= condition.required(absent ? condition.whenAbsent() : met[i]);
        }
        return next == Next.END && (seen & needed) == needed && count >= least;
    }

    private static final boolean[] NO_CONDITIONS = {};

    private void note(FieldRule field, int kind, JsonCursor cursor, boolean[] met) {
        for (int i = 0; i < met.length; i++) {
            Condition condition = conditions.get(i);
            if (condition.field() == field) {
                met[i] = kind == JsonKind.TEXT && condition.texts().contains(cursor.text());
            }
        }
    }
}
