package dev.sluice.contracts.json;

/// The escapes of JSON's texts (RFC 8259, 7).
final class Escapes {

    private static final int HEX_DIGITS = 4;

    private Escapes() {}

    /// How many bytes the escape has that begins here; 0 if it is none.
    ///
    /// @param at where the backslash is
    static int length(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> isHex(bytes, at + 2, end) ? 2 + HEX_DIGITS : 0;
            default -> 0;
        };
    }

    /// The text that is meant.
    ///
    /// @param text whose escapes are all right
    static String undo(String text) {
        StringBuilder meant = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit != '\\') {
                meant.append(unit);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'b' -> meant.append('\b');
                case 'f' -> meant.append('\f');
                case 'n' -> meant.append('\n');
                case 'r' -> meant.append('\r');
                case 't' -> meant.append('\t');
                case 'u' -> {
                    meant.append((char) Integer.parseInt(text, i + 1, i + 1 + HEX_DIGITS, 16));
                    i += HEX_DIGITS;
                }
                default -> meant.append(escape);
            }
        }
        return meant.toString();
    }

    private static boolean isHex(byte[] bytes, int from, int end) {
        if (from + HEX_DIGITS > end) {
            return false;
        }
        for (int i = from; i < from + HEX_DIGITS; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
