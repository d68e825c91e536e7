package dev.sluice.validator.process.accept;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What the value of one field must be, and what becomes of it.
///
/// @param bit of the field among those of its object
/// @param use whether its text is kept for later steps
record FieldRule(long bit, ValueRule value, FieldUse use) {

    boolean accepts(JsonToken token, JsonParser parser, EventScan scan) {
        if (use == FieldUse.NONE) {
            return value.accepts(token, parser, scan);
        }
        if (use == FieldUse.PROPERTIES) {
            return scan.properties(token, parser);
        }
        boolean accepted = value.accepts(token, parser, scan);
        if (accepted && token == JsonToken.VALUE_STRING) {
            scan.keep(use, parser.getString());
        }
        return accepted;
    }
}
