package dev.sluice.contracts.inference;

import dev.sluice.contracts.schema.PiiClass;

import java.util.List;
import java.util.Locale;

/// Guesses from a field's name whether its values are personal. Rather once too often: a person who
/// reads the proposal can loosen what nobody has published yet, and never afterwards.
final class PersonalNames {

    private static final List<String> DROPPED =
            List.of("password", "secret", "token", "street", "address", "birth", "iban", "card");
    private static final List<String> HASHED =
            List.of(
                    "mail",
                    "phone",
                    "mobile",
                    "passport",
                    "ssn",
                    "first_name",
                    "last_name",
                    "firstname",
                    "lastname",
                    "full_name",
                    "username",
                    "user_name");
    private static final List<String> MASKED =
            List.of(
                    "ip",
                    "text",
                    "message",
                    "comment",
                    "note",
                    "query",
                    "url",
                    "referrer",
                    "subject",
                    "title",
                    "body",
                    "city",
                    "zip",
                    "postal",
                    "lat",
                    "lon");

    private PersonalNames() {}

    static PiiClass guess(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        if (DROPPED.stream().anyMatch(name::contains)) {
            return PiiClass.DROP;
        }
        if (HASHED.stream().anyMatch(name::contains)) {
            return PiiClass.HASH;
        }
        boolean masked =
                MASKED.stream()
                        .anyMatch(
                                each ->
                                        each.length() <= 3
                                                ? List.of(name.split("[_\\W]+")).contains(each)
                                                : name.contains(each));
        return masked ? PiiClass.MASK : PiiClass.NONE;
    }
}
