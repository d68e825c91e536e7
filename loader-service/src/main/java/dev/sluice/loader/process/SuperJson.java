package dev.sluice.loader.process;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What JSON may hold and a warehouse's SUPER column may not.
final class SuperJson {

    /// The largest power of ten of a 64-bit floating-point number.
    private static final int MAX_EXPONENT = 308;

    private final byte[] json;
    private int at;

    private SuperJson(byte[] json) {
        this.json = json;
    }

    /// What cannot be stored of this JSON, which is known to be well-formed; empty when all can.
    static Optional<String> misfit(byte[] json) {
        return Optional.ofNullable(new SuperJson(json).scan());
    }

    private @Nullable String scan() {
        boolean inString = false;
        for (at = 0; at < json.length; at++) {
            byte c = json[at];
            if (c == '"') {
                inString = !inString;
            } else if (inString && c == '\\') {
                String misfit = escape();
                if (misfit != null) {
                    return misfit;
                }
            } else if (!inString && (c == 'e' || c == 'E') && digitBefore() && tooLarge()) {
                return "a number exceeds 64-bit floating point";
            }
        }
        return null;
    }

    /// Called at a backslash; leaves `at` on the last byte of the escape.
    private @Nullable String escape() {
        at++;
        if (json[at] != 'u') {
            return null;
        }
        char unit = unit(at + 1);
        at += 4;
        if (unit == 0) {
            return "the character U+0000 cannot be stored";
        }
        if (Character.isLowSurrogate(unit)) {
            return UnicodeText.LONE_SURROGATE;
        }
        if (Character.isHighSurrogate(unit)) {
            boolean paired =
                    at + 6 < json.length
                            && json[at + 1] == '\\'
                            && json[at + 2] == 'u'
                            && Character.isLowSurrogate(unit(at + 3));
            if (!paired) {
                return UnicodeText.LONE_SURROGATE;
            }
            at += 6;
        }
        return null;
    }

    private char unit(int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(json[i], 16);
        }
        return (char) unit;
    }

    /// Tells the exponent of a number from the `e` of `true` and `false`.
    private boolean digitBefore() {
        return at > 0 && Character.isDigit(json[at - 1]);
    }

    private boolean tooLarge() {
        int i = at + 1;
        if (json[i] == '-' || json[i] == '+') {
            i++;
        }
        int exponent = 0;
        while (i < json.length && Character.isDigit(json[i]) && exponent <= MAX_EXPONENT) {
            exponent = 10 * exponent + json[i] - '0';
            i++;
        }
        return exponent >= MAX_EXPONENT;
    }
}
