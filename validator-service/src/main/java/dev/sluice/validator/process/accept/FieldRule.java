package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonKind;

/// What the value of one field must be, and what becomes of it.
///
/// @param bit of the field among those of its object
/// @param use whether its text is kept for later steps

record FieldRule(long bit, ValueRule value, FieldUse use) {

    /// @param kind of the value
    boolean accepts(int kind, EventScan scan) {
        if (use == FieldUse.PROPERTIES) {
            return scan.properties(kind);
        }
        boolean accepted = value.accepts(kind, scan);
        if (accepted && use != FieldUse.NONE && kind == JsonKind.TEXT) {
            scan.keep(use, scan.cursor().text());
        }
        return accepted;
    }
}
