package dev.sluice.contracts.pii;

import java.util.regex.Pattern;

/// A key of pseudonyms.
///
/// @param id stands in every pseudonym that is made with it: 1 to 8 of `a-z` and `0-9`
/// @param secret of 32 bytes or more
public record PseudonymKey(String id, PseudonymSecret secret) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,8}");

    /// @throws IllegalArgumentException if the id is not allowed
    public PseudonymKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a key has 1 to 8 of a-z and 0-9: " + id);
        }
    }
}
