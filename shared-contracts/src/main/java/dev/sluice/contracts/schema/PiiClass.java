package dev.sluice.contracts.schema;

import java.util.Locale;
import java.util.Optional;

/// What becomes of a field's personal data before it reaches the warehouse; `x-pii` in a contract.
public enum PiiClass {
    /// Kept as it is.
    NONE,
    /// The personal part is covered: an IP address is truncated, e-mail addresses, phone and card
    /// numbers in text are replaced.
    MASK,
    /// Replaced by a keyed hash, so that equal values stay equal.
    HASH,
    /// Removed.
    DROP;

    /// The class as contracts write it, such as `mask`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PiiClass> parse(String text) {
        for (PiiClass each : values()) {
            if (each.text().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
