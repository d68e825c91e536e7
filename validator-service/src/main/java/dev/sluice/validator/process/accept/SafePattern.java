package dev.sluice.validator.process.accept;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// A regular expression that is matched in a time linear in the text (RE2), and that RE2 and the
/// engine of the full check are known to read alike: letters, digits, classes of them, groups,
/// alternatives, counts and anchors. Thread-safe.
final class SafePattern {

    /// No dot, no class that excludes, no shorthand that excludes, no flags, no back reference:
    /// over lines and beyond ASCII the engines differ.
    private static final java.util.regex.Pattern COMMON =
            java.util.regex.Pattern.compile(
                    "(?:[A-Za-z0-9_\\-$|{},*+ /@#:=%]|\\?(?!=)|\\^|\\[(?!\\^)|\\]|\\((?!\\?)|\\)"
                            + "|\\\\[dw.\\-/\\\\^$|?*+()\\[\\]{}])*");

    /// Texts of 2 to 16 letters such as currencies and versions repeat.
    private static final int REMEMBERED = 64;

    private final Pattern pattern;
    private final @Nullable String[] accepted = new String[REMEMBERED];

    private SafePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Empty if the engines may differ.
    static Optional<SafePattern> of(String expression) {
        if (!COMMON.matcher(expression).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SafePattern(Pattern.compile(expression)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /// Whether a part of the text matches. What was accepted lately is known without matching; a
    /// race between threads costs a match, no more.
    boolean accepts(String text) {
        int slot = text.hashCode() & (REMEMBERED - 1);
        if (text.equals(accepted[slot])) {
            return true;
        }
        boolean matches = pattern.matcher(text).find();
        if (matches && text.length() <= 32) {
            accepted[slot] = text;
        }
        return matches;
    }
}
