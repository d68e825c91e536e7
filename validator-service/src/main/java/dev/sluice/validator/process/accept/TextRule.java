package dev.sluice.validator.process.accept;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;

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

    /// Looks at the text in the parser's own buffer. A length in UTF-16 units is that in code
    /// points or up to twice as much, so it says yes only where both agree.
    boolean accepts(JsonParser parser) {
        int units = parser.getStringLength();
        if (units > most || (least > 0 && units < (least == 1 ? 1 : 2 * (long) least))) {
            return units <= 2L * most && isOfLength(parser.getString()) && rest(parser);
        }
        return rest(parser);
    }

    private boolean isOfLength(String text) {
        int points = text.codePointCount(0, text.length());
        return points >= least && points <= most;
    }

    private boolean rest(JsonParser parser) {
        if (format != null
                && !format.accepts(
                        parser.getStringCharacters(),
                        parser.getStringOffset(),
                        parser.getStringLength())) {
            return false;
        }
        if (values == null && pattern == null) {
            return true;
        }
        String text = parser.getString();
        return (values == null || values.contains(text))
                && (pattern == null || pattern.accepts(text));
    }
}
