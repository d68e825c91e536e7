package dev.sluice.contracts.pii.text;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Whether there can be something personal in bytes, at a glance: six digits close together, an at
/// sign in any of its forms, a telling name before `=`. Whatever the finders find raises it.
final class Suspicion {

    private static final int FEWEST_DIGITS = 6;
    private static final int WIDEST_GAP = 3;
    private static final int LONGEST_NAME = 48;

    /// First byte of full-width characters in UTF-8, and of some others.
    private static final int FULL_WIDTH = 0xEF;

    /// First bytes of digits outside ASCII: Arabic, Indian, Thai and others.
    private static final int ARABIC = 0xD9;
    private static final int PERSIAN = 0xDB;
    private static final int INDIC = 0xE0;

    private static final byte[] KINDS = kinds();
    private static final byte PLAIN = 0;
    private static final byte DIGIT = 1;
    private static final byte SIGN = 2;
    private static final byte HIGH = 3;

    private Suspicion() {}

    static boolean isRaised(byte[] bytes, int from, int end) {
        int digits = 0;
        int last = from;
        for (int i = from; i < end; i++) {
            byte kind = KINDS[bytes[i] & 0xFF];
            if (kind == PLAIN) {
                continue;
            }
            if (kind == HIGH) {
                // A space or dash beyond ASCII has up to three of them.
                last++;
            } else if (kind == DIGIT) {
                digits = i - last > WIDEST_GAP + 1 ? 1 : digits + 1;
                last = i;
                if (digits >= FEWEST_DIGITS) {
                    return true;
                }
            } else if (isSuspicious(bytes, i, from, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSuspicious(byte[] bytes, int at, int from, int end) {
        return switch (bytes[at]) {
            case '%' -> at + 2 < end && isEncoded(bytes[at + 1], bytes[at + 2]);
            case '(', '[', '{' -> isAt(bytes, at + 1, end);
            case ' ' -> isAt(bytes, at + 1, end);
            case ':' -> at + 1 < end && bytes[at + 1] == ':';
            case '\\' -> at + 1 < end && bytes[at + 1] == 'u';
            case '=' -> isTold(bytes, at, from);
            default -> true;
        };
    }

    /// `@`, `+` or another `%`.
    private static boolean isEncoded(byte high, byte low) {
        int lower = low | 0x20;
        return high == '4' && low == '0'
                || high == '2' && (lower == 'b' || low == '5')
                || high == '3';
    }

    /// Whether a word for the at sign may begin here: `at`, `ät`, `arroba`, `chiocciola`,
    /// `apenstaartje`.
    private static boolean isAt(byte[] bytes, int at, int end) {
        if (at + 2 >= end) {
            return false;
        }
        int first = bytes[at] | 0x20;
        int second = bytes[at + 1] | 0x20;
        return switch (first) {
            case 'a' ->
                    second == 't' && !isLetter(bytes[at + 2])
                            || second == 'r'
                            || second == 'p' && (bytes[at + 2] | 0x20) == 'e';
            case 'c' -> second == 'h' && (bytes[at + 2] | 0x20) == 'i';
            default -> bytes[at] == (byte) 0xC3;
        };
    }

    private static boolean isTold(byte[] bytes, int equals, int from) {
        int start = equals;
        while (start > from
                && equals - start < LONGEST_NAME
                && (isLetter(bytes[start - 1])
                        || KINDS[bytes[start - 1] & 0xFF] == DIGIT
                        || "_-.".indexOf(bytes[start - 1]) >= 0)) {
            start--;
        }
        @Nullable Telling telling = TellingNames.of(bytes, start, equals - start);
        return telling != null;
    }

    private static boolean isLetter(byte unit) {
        int lower = unit | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, 0x80, 0x100, HIGH);
        for (char digit = '0'; digit <= '9'; digit++) {
            kinds[digit] = DIGIT;
        }
        for (char sign : "@%([{:=\\ ".toCharArray()) {
            kinds[sign] = SIGN;
        }
        for (int first : new int[] {FULL_WIDTH, ARABIC, PERSIAN, INDIC}) {
            kinds[first] = SIGN;
        }
        return kinds;
    }
}
