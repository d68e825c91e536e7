package dev.sluice.contracts.pii;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.Telling;
import dev.sluice.contracts.pii.text.TellingNames;
import dev.sluice.contracts.schema.PiiClass;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// What the name of a field tells of its values. The same few names come with every event, so the
/// last ones are remembered.
final class FieldName {

    private static final Treatment NAME_OF_A_PERSON =
            Treatment.unknown(PiiClass.DROP, PiiKind.NAME);

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

    private static final int LONGEST_REMEMBERED = 64;

    /// By the last bits of their hashes; a name takes the place of another. What is seen of an
    /// element is whole, whoever wrote it: all its fields are final.
    private static final FieldName[] REMEMBERED = remembered();

    private final byte[] name;
    private final Treatment treatment;
    private final Treatment ofPerson;
    private final boolean person;

    private FieldName(byte[] name) {
        this.name = name;
        String text = new String(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        @Nullable Telling telling = TellingNames.of(name, 0, name.length);
        treatment =
                telling == null
                        ? Treatment.UNKNOWN
                        : Treatment.unknown(telling.pii(), telling.kind());
        ofPerson = telling == null && text.equals("name") ? NAME_OF_A_PERSON : treatment;
        person = PERSONS.contains(text);
    }

    static FieldName of(String name) {
        return new FieldName(name.getBytes(StandardCharsets.UTF_8));
    }

    /// The name that was read last.
    static FieldName of(JsonCursor cursor) {
        int hash = cursor.nameHash();
        int slot = (hash ^ hash >>> 16) & REMEMBERED.length - 1;
        FieldName known = REMEMBERED[slot];
        if (cursor.isNamed(known.name)) {
            return known;
        }
        FieldName read = new FieldName(cursor.name());
        if (cursor.nameLength() <= LONGEST_REMEMBERED) {
            REMEMBERED[slot] = read;
        }
        return read;
    }

    /// Of a field that no contract knows.
    ///
    /// @param ofPerson whether the object that it is in is about a person
    Treatment treatment(boolean ofPerson) {
        return ofPerson ? this.ofPerson : treatment;
    }

    /// Whether an object with this name is about a person.
    boolean isPerson() {
        return person;
    }

    private static FieldName[] remembered() {
        FieldName[] names = new FieldName[4096];
        Arrays.fill(names, new FieldName(new byte[0]));
        return names;
    }
}
