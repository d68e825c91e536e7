package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.schema.PiiClass;

/// What becomes of the values of a field.
///
/// @param kind of what is replaced as a whole
/// @param known whether a contract says so, and not only the field's name
/// @param maxChars of a text, by the contract
/// @param maxBytes of a text in UTF-8, by its column
record Treatment(PiiClass pii, PiiKind kind, boolean known, int maxChars, int maxBytes) {

    /// Of a field that no contract knows and whose name tells nothing.
    static final Treatment UNKNOWN = unknown(PiiClass.MASK, PiiKind.FIELD);

    /// Of an id, which is replaced if it holds an e-mail address or a phone number.
    static final Treatment ID =
            new Treatment(PiiClass.NONE, PiiKind.ID, true, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /// Whether a value goes as a whole that is an object or, if a contract knows it, a list.
    boolean removesObjects() {
        return pii == PiiClass.DROP || known && pii == PiiClass.HASH;
    }

    boolean removesLists() {
        return known && removesObjects();
    }

    /// Of a field that no contract knows.
    static Treatment unknown(PiiClass pii, PiiKind kind) {
        return new Treatment(pii, kind, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
