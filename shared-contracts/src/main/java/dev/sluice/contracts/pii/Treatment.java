package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.Telling;
import dev.sluice.contracts.pii.text.TellingNames;
import dev.sluice.contracts.schema.PiiClass;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

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

    private static final Treatment NAME_OF_A_PERSON = unknown(PiiClass.DROP, PiiKind.NAME);
    private static final byte[] NAME = "name".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_PERSON = 16;

    /// Objects with these names are about a person, so that `name` in them is a person's.
    private static final Set<String> PERSONS =
            Set.of(
                    "traits",
                    "user",
                    "customer",
                    "contact",
                    "recipient",
                    "person",
                    "buyer",
                    "shopper",
                    "owner",
                    "sender",
                    "receiver",
                    "billing",
                    "shipping",
                    "delivery",
                    "guest",
                    "attendee",
                    "passenger",
                    "visitor",
                    "profile",
                    "lead",
                    "payer",
                    "author",
                    "employee",
                    "patient");

    /// Of a field that no contract knows.
    ///
    /// @param person whether the object that it is in is about a person
    static Treatment byName(byte[] bytes, int from, int length, boolean person) {
        @Nullable Telling telling = TellingNames.of(bytes, from, length);
        if (telling != null) {
            return unknown(telling.pii(), telling.kind());
        }
        return person && isName(bytes, from, length) ? NAME_OF_A_PERSON : UNKNOWN;
    }

    /// Whether an object with this name is about a person.
    static boolean isPerson(byte[] bytes, int from, int length) {
        return length <= LONGEST_PERSON
                && PERSONS.contains(
                        new String(bytes, from, length, StandardCharsets.UTF_8)
                                .toLowerCase(Locale.ROOT));
    }

    /// Whether a value goes as a whole that is an object or, if a contract knows it, a list.
    boolean removesObjects() {
        return pii == PiiClass.DROP || known && pii == PiiClass.HASH;
    }

    boolean removesLists() {
        return known && removesObjects();
    }

    private static boolean isName(byte[] bytes, int from, int length) {
        if (length != NAME.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[from + i] | 0x20) != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private static Treatment unknown(PiiClass pii, PiiKind kind) {
        return new Treatment(pii, kind, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
