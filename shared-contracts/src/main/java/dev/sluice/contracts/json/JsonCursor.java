package dev.sluice.contracts.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads JSON (RFC 8259) from bytes, a value at a time, and makes nothing of it until it is asked.
/// The bytes must be well-formed UTF-8. It gives up on what is no JSON, and on what is and seldom
/// comes: names with escapes or beyond ASCII, and values nested deeper than {@link #DEEPEST}.
///
/// After a no of any method the cursor is anywhere.
public final class JsonCursor {

    /// Deeper values are not read.
    public static final int DEEPEST = 64;

    private static final int LONGEST_NUMBER = 100;
    private static final int MOST_DIGITS_OF_A_LONG = 18;
    private static final int MOST_DIGITS_OF_A_DOUBLE = 15;

    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;
    private static final long SPACES = ' ' * EACH;

    /// What comes next in an object or a list.
    public enum Next {
        /// A field, whose name has been read, or an item.
        ONE,
        /// The end, which has been read.
        END,
        /// What cannot be read.
        BROKEN
    }

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;

    private int nameFrom;
    private int nameLength;
    private int nameHash;

    private int from;
    private int length;
    private boolean ascii;
    private boolean escaped;
    private long digits;
    private int decimals;
    private boolean exact;

    public JsonCursor(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /// Where the next byte is.
    public int position() {
        return at;
    }

    /// Goes back into an object that has been read whole.
    ///
    /// @param position after its bracket
    public void reenter(int position) {
        at = position;
        depth++;
    }

    /// Whether nothing but white space is left.
    public boolean isAtEnd() {
        skipSpace();
        return at == end;
    }

    /// Reads a text, number, `true`, `false` or `null` whole, and of an object or a list the
    /// bracket.
    ///
    /// @return its kind, one of {@link JsonKind}; 0 if it cannot be read
    public int value() {
        skipSpace();
        if (at == end) {
            return 0;
        }
        return switch (bytes[at]) {
            case '"' -> readText() ? JsonKind.TEXT : 0;
            case '{' -> open(JsonKind.OBJECT);
            case '[' -> open(JsonKind.LIST);
            case 't' -> reads("true") ? JsonKind.TRUE : 0;
            case 'f' -> reads("false") ? JsonKind.FALSE : 0;
            case 'n' -> reads("null") ? JsonKind.NULL : 0;
            default -> readNumber();
        };
    }

    /// Reads on in an object, to the value of its next field.
    ///
    /// @param first whether the bracket was just read
    public Next field(boolean first) {
        Next next = step(first, (byte) '}');
        return next == Next.ONE && !readName() ? Next.BROKEN : next;
    }

    /// Reads on in a list, to its next item.
    ///
    /// @param first whether the bracket was just read
    public Next item(boolean first) {
        return step(first, (byte) ']');
    }

    /// Reads the rest of a value that is not looked at.
    ///
    /// @param kind of the value
    /// @return whether it could be read
    public boolean skip(int kind) {
        if (kind == JsonKind.OBJECT) {
            Next next = field(true);
            while (next == Next.ONE && skip(value())) {
                next = field(false);
            }
            return next == Next.END;
        }
        if (kind == JsonKind.LIST) {
            Next next = item(true);
            while (next == Next.ONE && skip(value())) {
                next = item(false);
            }
            return next == Next.END;
        }
        return kind != 0;
    }

    /// The 31-fold sum of the last name's bytes, as of a `String`.
    public int nameHash() {
        return nameHash;
    }

    public int nameFrom() {
        return nameFrom;
    }

    public int nameLength() {
        return nameLength;
    }

    /// The bytes of the last name.
    public byte[] name() {
        return Arrays.copyOfRange(bytes, nameFrom, nameFrom + nameLength);
    }

    /// Whether the last name is of these bytes.
    public boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameFrom + nameLength, name, 0, name.length);
    }

    /// Whether the last name is the same as the one that was read there.
    public boolean isNamedAs(int otherFrom, int otherLength) {
        return Arrays.equals(
                bytes, nameFrom, nameFrom + nameLength, bytes, otherFrom, otherFrom + otherLength);
    }

    /// The last text.
    public String text() {
        if (ascii && !escaped) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return escaped ? Escapes.undo(text) : text;
    }

    /// Whether every unit of the last text is one byte, as it stands.
    public boolean isPlain() {
        return ascii && !escaped;
    }

    /// Where the first byte of the last text is, after its quote.
    public int textFrom() {
        return from;
    }

    /// Bytes of the last text, as it stands.
    public int length() {
        return length;
    }

    /// A byte of the last text, as it stands.
    public byte unit(int index) {
        return bytes[from + index];
    }

    /// Whether the last number, one without a fraction, has at most 18 digits.
    public boolean isLong() {
        return exact;
    }

    /// The last number, if it is a long one.
    public long longValue() {
        return digits;
    }

    /// The last number, rounded as IEEE 754 asks.
    public double doubleValue() {
        // Both are exact, so their quotient is rounded once (Clinger, 1990).
        return exact
                ? digits / TENS[decimals]
                : Double.parseDouble(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }

    private int open(int kind) {
        at++;
        return ++depth > DEEPEST ? 0 : kind;
    }

    private Next step(boolean first, byte close) {
        skipSpace();
        if (at == end) {
            return Next.BROKEN;
        }
        if (bytes[at] == close) {
            at++;
            depth--;
            return Next.END;
        }
        if (!first) {
            if (bytes[at] != ',') {
                return Next.BROKEN;
            }
            at++;
        }
        return Next.ONE;
    }

    private void skipSpace() {
        while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte unit) {
        return unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
    }

    private boolean reads(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /// A name of ASCII without escapes, and the colon.
    private boolean readName() {
        skipSpace();
        if (at == end || bytes[at] != '"') {
            return false;
        }
        int hash = 0;
        int start = ++at;
        while (at < end && bytes[at] != '"') {
            byte unit = bytes[at++];
            if (unit < ' ' || unit == '\\') {
                return false;
            }
            hash = 31 * hash + unit;
        }
        nameFrom = start;
        nameLength = at - start;
        nameHash = hash;
        at++;
        skipSpace();
        return at < end && bytes[at++] == ':';
    }

    private boolean readText() {
        from = ++at;
        long high = 0;
        escaped = false;
        while (true) {
            high |= skipPlain();
            if (at >= end) {
                return false;
            }
            byte unit = bytes[at];
            if (unit == '"') {
                length = at++ - from;
                ascii = high == 0;
                return true;
            }
            int escape = unit == '\\' ? Escapes.length(bytes, at, end) : 0;
            if (escape == 0) {
                return false;
            }
            at += escape;
            escaped = true;
        }
    }

    /// Goes to the next quote, backslash or control character, or to the end.
    ///
    /// @return 0 if all bytes on the way were ASCII
    private long skipPlain() {
        long high = 0;
        while (at + Long.BYTES <= end) {
            long eight = (long) LONGS.get(bytes, at);
            long special =
                    (zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | (eight - SPACES & ~eight))
                            & HIGH_BITS;
            if (special != 0) {
                // Only above a special byte can one be taken for special that is not.
                int before = Long.numberOfTrailingZeros(special) & ~7;
                at += before >>> 3;
                return high | (eight & HIGH_BITS & ((1L << before) - 1));
            }
            high |= eight & HIGH_BITS;
            at += Long.BYTES;
        }
        while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                return high;
            }
            high |= bytes[at] & HIGH_BITS;
            at++;
        }
        return high;
    }

    /// High bits of the bytes that are zero, and perhaps of some above them.
    private static long zeros(long eight) {
        return eight - EACH & ~eight;
    }

    private int readNumber() {
        from = at;
        boolean negative = bytes[at] == '-';
        at += negative ? 1 : 0;
        digits = 0;
        decimals = 0;
        int whole = readDigits();
        if (whole == 0 || (whole > 1 && bytes[at - whole] == '0')) {
            return 0;
        }
        int kind = JsonKind.INTEGER;
        int figures = whole;
        boolean power = false;
        if (at < end && bytes[at] == '.') {
            at++;
            decimals = readDigits();
            figures += decimals;
            kind = decimals == 0 ? 0 : JsonKind.FRACTION;
        }
        if (kind != 0 && at < end && (bytes[at] | 0x20) == 'e') {
            power = true;
            kind = readPower() ? JsonKind.FRACTION : 0;
        }
        length = at - from;
        digits = negative ? -digits : digits;
        exact =
                kind == JsonKind.INTEGER
                        ? figures <= MOST_DIGITS_OF_A_LONG
                        : figures <= MOST_DIGITS_OF_A_DOUBLE && !power && digits != 0;
        return length > LONGEST_NUMBER ? 0 : kind;
    }

    /// @return how many
    private int readDigits() {
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            digits = 10 * digits + bytes[at++] - '0';
        }
        return at - start;
    }

    private boolean readPower() {
        at++;
        if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
            at++;
        }
        return readDigits() > 0;
    }
}
