package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

/// What is plainly valid at one place: which kinds of values, and which of each kind. A schema that
/// cannot be held against tokens as they come lets fewer kinds through, none if need be.
///
/// @param kinds that are let through, a sum of the constants
/// @param text what a text must be besides; null when any will do
/// @param number the same of a number
/// @param fields the same of an object
/// @param items the same of a list
record ValueRule(
        int kinds,
        @Nullable TextRule text,
        @Nullable NumberRule number,
        @Nullable FieldsRule fields,
        @Nullable ItemsRule items) {

    static final ValueRule ANYTHING = new ValueRule(JsonKind.ALL, null, null, null, null);

    /// Never says yes.
    static final ValueRule UNSURE = new ValueRule(0, null, null, null, null);

    /// Reads the value whose kind was just read to its end, if it says yes. A no leaves the
    /// cursor anywhere.
    ///
    /// @param kind of the value; 0 if it cannot be read
    boolean accepts(int kind, EventScan scan) {
        if ((kinds & kind) == 0) {
            return false;
        }
        return switch (kind) {
            case JsonKind.TEXT -> text == null || text.accepts(scan.cursor());
            case JsonKind.INTEGER -> number == null || number.acceptsInt(scan.cursor());
            case JsonKind.FRACTION -> number == null || number.acceptsFraction(scan.cursor());
            case JsonKind.OBJECT -> fields == null ? scan.names().skip(kind) : fields.accepts(scan);
            case JsonKind.LIST -> items == null ? scan.names().skip(kind) : items.accepts(scan);
            default -> true;
        };
    }
}
