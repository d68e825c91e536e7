package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// What a text must be; `minLength`, `maxLength`, `pattern`, `format`, `enum`.
///
/// @param least code points
/// @param most code points
/// @param values the only ones there are; null when there are others
record TextRule(
        int least,
        int most,
        @Nullable SafePattern pattern,
        @Nullable TextFormat format,
        @Nullable Set<String> values) {

    /// Looks at the text where it stands, if that tells.
    boolean accepts(JsonCursor cursor) {
        if (cursor.isPlain()) {
            if (cursor.length() < least || cursor.length() > most) {
                return false;
            }
        } else if (!isOfLength(cursor.text())) {
            return false;
        }
        if (format != null && !format.accepts(cursor)) {
            return false;
        }
        if (values == null && pattern == null) {
            return true;
        }
        String text = cursor.text();
        return (values == null || values.contains(text))
                && (pattern == null || pattern.accepts(text));
    }

    private boolean isOfLength(String text) {
        int points = text.codePointCount(0, text.length());
        return points >= least && points <= most;
    }
}
