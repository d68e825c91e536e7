package dev.sluice.validator.process.accept;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

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

    static final int NULL = 1;
    static final int TRUE = 2;
    static final int FALSE = 4;
    static final int INTEGER = 8;
    static final int FRACTION = 16;
    static final int TEXT = 32;
    static final int OBJECT = 64;
    static final int LIST = 128;
    static final int ALL = 255;

    static final ValueRule ANYTHING = new ValueRule(ALL, null, null, null, null);

    /// Never says yes.
    static final ValueRule UNSURE = new ValueRule(0, null, null, null, null);

    /// Reads the value that begins with this token to its end, if it says yes; a no leaves the
    /// parser anywhere.
    boolean accepts(JsonToken token, JsonParser parser, EventScan scan) {
        return switch (token) {
            case VALUE_STRING -> is(TEXT) && (text == null || text.accepts(parser));
            case VALUE_NUMBER_INT -> is(INTEGER) && (number == null || number.acceptsInt(parser));
            case VALUE_NUMBER_FLOAT ->
                    is(FRACTION) && (number == null || number.acceptsFraction(parser));
            case VALUE_NULL -> is(NULL);
            case VALUE_TRUE -> is(TRUE);
            case VALUE_FALSE -> is(FALSE);
            case START_OBJECT -> is(OBJECT) && readObject(parser, scan);
            case START_ARRAY -> is(LIST) && readList(parser, scan);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    false;
        };
    }

    private boolean readObject(JsonParser parser, EventScan scan) {
        if (fields == null) {
            return scan.names().skipObject(parser);
        }
        return fields.accepts(parser, scan);
    }

    private boolean readList(JsonParser parser, EventScan scan) {
        if (items == null) {
            return scan.names().skipList(parser);
        }
        return items.accepts(parser, scan);
    }

    private boolean is(int kind) {
        return (kinds & kind) != 0;
    }
}
