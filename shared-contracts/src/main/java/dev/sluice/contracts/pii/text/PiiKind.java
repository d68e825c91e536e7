package dev.sluice.contracts.pii.text;

import java.util.Locale;

/// Kinds of personal data, as the column `pii_masked` and the meter name them.
public enum PiiKind {
    EMAIL,
    PHONE,
    /// The number of a payment card.
    CARD,
    IBAN,
    /// A number that a state gave a person.
    NATIONAL_ID,
    /// An IP address that stands in a text.
    IP,
    /// A password, a token, or what else lets somebody in.
    SECRET,
    NAME,
    ADDRESS,
    BIRTH,
    /// An id that holds an e-mail address or a phone number.
    ID,
    /// What a contract calls personal and says no more of.
    FIELD;

    private final String text = name().toLowerCase(Locale.ROOT);
    private final String token = '[' + text + ']';

    /// Snake case, stable for ever.
    public String text() {
        return text;
    }

    /// What stands in a text in its place.
    public String token() {
        return token;
    }
}
