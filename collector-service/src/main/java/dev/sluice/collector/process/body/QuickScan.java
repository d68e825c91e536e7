package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.EventId;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Reads one event in one pass over its bytes, eight at a time where they are text, and makes no
/// tokens of them: several times as fast as a parser. It only ever says yes. What is wrong, or
/// merely unusual (an escape in a name or an id, more names in an object than it cares to compare),
/// it leaves to the parser, whose judgement and whose words count.
///
/// Names are compared by 64 bits of hash; two that are alike are reason enough to ask the parser.
final class QuickScan {

    /// Instead of an offset: the parser has to say.
    static final int UNSURE = -1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int MOST_NAMES = 4096;

    private static final List<byte[]> FIELDS =
            Stream.of("event_id", "event_type", "anonymous_id", "user_id", "session_id")
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toList();
    private static final int EVENT_ID = 0;
    private static final int EVENT_TYPE = 1;

    private final byte[] text;
    private final int to;
    private final BodyLimits limits;
    private final TypeRule typeRule;

    /// The names read so far, each hashed together with the object that it is in: a hash table with
    /// open addressing, at most half full, whose zeros are empty.
    private long[] names = new long[256];

    private int nameCount;

    /// Of the string that was read last: whether it has escapes, and the hash of its bytes.
    private boolean escaped;

    private long hash;

    private final @Nullable String[] values = new @Nullable String[FIELDS.size()];

    /// @param to where the text ends
    QuickScan(byte[] text, int to, BodyLimits limits, TypeRule typeRule) {
        this.text = text;
        this.to = to;
        this.limits = limits;
        this.typeRule = typeRule;
    }

    /// @param from the event's opening brace
    /// @return the offset after the event, which is good, or {@link #UNSURE}
    int read(int from) {
        int end = object(from, 1);
        boolean good =
                end >= 0
                        && end - from <= limits.maxEventBytes()
                        && (values[EVENT_TYPE] != null || typeRule == TypeRule.NOT_READ);
        return good ? end : UNSURE;
    }

    EventFields fields() {
        return new EventFields(
                values[EVENT_ID], values[EVENT_TYPE], values[2], values[3], values[4]);
    }

    private int value(int at, int depth) {
        return switch (peek(at)) {
            case '"' -> string(at);
            case '{' -> object(at, depth + 1);
            case '[' -> array(at, depth + 1);
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> number(at);
        };
    }

    private int object(int from, int depth) {
        if (depth > limits.maxDepth()) {
            return UNSURE;
        }
        int at = skip(from + 1);
        while (peek(at) != '}') {
            int name = at + 1;
            at = peek(at) == '"' ? string(at) : UNSURE;
            if (at < 0 || escaped || !isNew(from)) {
                return UNSURE;
            }
            int nameEnd = at - 1;
            at = skip(at);
            if (peek(at) != ':') {
                return UNSURE;
            }
            at = skip(at + 1);
            at = next(depth == 1 ? member(name, nameEnd, at) : value(at, depth), '}');
            if (at < 0) {
                return UNSURE;
            }
        }
        return at + 1;
    }

    private int array(int from, int depth) {
        if (depth > limits.maxDepth()) {
            return UNSURE;
        }
        int at = skip(from + 1);
        while (peek(at) != ']') {
            at = next(value(at, depth), ']');
            if (at < 0) {
                return UNSURE;
            }
        }
        return at + 1;
    }

    /// After a value that ended there: the offset of what follows a comma, or of the bracket that
    /// closes the lot.
    private int next(int end, char closing) {
        if (end < 0) {
            return UNSURE;
        }
        int at = skip(end);
        if (peek(at) == closing) {
            return at;
        }
        int after = skip(at + 1);
        return peek(at) == ',' && peek(after) != closing ? after : UNSURE;
    }

    /// Whether the object that begins there has no name like the last string yet; now it has.
    private boolean isNew(int object) {
        if (2 * nameCount == names.length) {
            if (nameCount == MOST_NAMES) {
                return false;
            }
            long[] fewer = names;
            names = new long[2 * fewer.length];
            for (long name : fewer) {
                if (name != 0) {
                    names[slot(name)] = name;
                }
            }
        }
        long name = mix(hash, object) | 1;
        int slot = slot(name);
        if (names[slot] == name) {
            return false;
        }
        names[slot] = name;
        nameCount++;
        return true;
    }

    /// Where the name is, or would be.
    private int slot(long name) {
        int slot = (int) (name >>> 16);
        while (true) {
            slot &= names.length - 1;
            if (names[slot] == 0 || names[slot] == name) {
                return slot;
            }
            slot++;
        }
    }

    /// A member of the event itself, which may be one of the fields that the door looks at.
    private int member(int name, int nameEnd, int at) {
        int field = typeRule == TypeRule.NOT_READ ? -1 : field(name, nameEnd);
        if (field < 0 || peek(at) == 'n') {
            return value(at, 1);
        }
        if (peek(at) != '"') {
            return UNSURE;
        }
        int end = string(at);
        int length = end - at - 2; // without the quotes
        int most = field == EVENT_ID ? EventId.MAX_BYTES : FieldScan.MAX_ID_BYTES;
        if (end < 0 || escaped || length > most) {
            return UNSURE;
        }
        if (length == 0) {
            return end;
        }
        String value = new String(text, at + 1, length, StandardCharsets.UTF_8);
        if (field == EVENT_TYPE && typeRule == TypeRule.SNAKE_CASE && !FieldScan.isType(value)) {
            return UNSURE;
        }
        values[field] = value;
        return end;
    }

    private int field(int name, int nameEnd) {
        for (int i = 0; i < FIELDS.size(); i++) {
            byte[] field = FIELDS.get(i);
            if (Arrays.equals(text, name, nameEnd, field, 0, field.length)) {
                return i;
            }
        }
        return -1;
    }

    /// @param from the opening quote
    private int string(int from) {
        long hashed = 0;
        boolean escapes = false;
        int at = from + 1;
        while (at < to) {
            long word = word(at);
            long special = special(word);
            if (special == 0) {
                hashed = mix(hashed, word);
                at += Long.BYTES;
                continue;
            }
            int plainBits = Long.numberOfTrailingZeros(special) & ~7;
            hashed = mix(hashed, (word & ((1L << plainBits) - 1)) ^ plainBits);
            at += plainBits >>> 3;
            byte b = peek(at);
            if (b == '"') {
                hash = hashed;
                escaped = escapes;
                return at + 1;
            }
            escapes |= b == '\\';
            int next = b == '\\' ? escape(at) : character(at);
            if (next < 0) {
                return UNSURE;
            }
            for (; at < next; at++) {
                hashed = mix(hashed, text[at]);
            }
        }
        return UNSURE;
    }

    /// The eight bytes from there; zeros where the text has ended.
    private long word(int at) {
        if (at + Long.BYTES <= to) {
            return (long) LONGS.get(text, at);
        }
        long word = 0;
        for (int i = to - 1; i >= at; i--) {
            word = word << Byte.SIZE | text[i] & 0xFF;
        }
        return word;
    }

    /// A set bit in the first byte that is a quote, a backslash, below a space or beyond ASCII, and
    /// none in a byte before it (Hacker's Delight, 6-1, finds a zero byte so).
    private static long special(long word) {
        long quote = word ^ '"' * EACH;
        long backslash = word ^ '\\' * EACH;
        long zeros = (quote - EACH) & ~quote | (backslash - EACH) & ~backslash;
        return (zeros | word - ' ' * EACH & ~word | word) & HIGH;
    }

    private static long mix(long hash, long bits) {
        return Long.rotateLeft((hash ^ bits) * MIX, 29);
    }

    /// The offset after the escape, in the forms of RFC 8259, 7.
    private int escape(int at) {
        return switch (peek(at + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' ->
                    isHex(at + 2) && isHex(at + 3) && isHex(at + 4) && isHex(at + 5)
                            ? at + 6
                            : UNSURE;
            default -> UNSURE;
        };
    }

    private boolean isHex(int at) {
        return Character.digit(peek(at), 16) >= 0;
    }

    /// The offset after a character beyond ASCII.
    private int character(int at) {
        int length = at < to ? Utf8.sequenceLength(text, at, to) : 0;
        return length == 0 ? UNSURE : at + length;
    }

    /// The offset after a number, in the form of RFC 8259, 6.
    private int number(int from) {
        int at = peek(from) == '-' ? from + 1 : from;
        int whole = digits(at);
        if (whole == at || (peek(at) == '0' && whole > at + 1)) {
            return UNSURE;
        }
        at = whole;
        if (peek(at) == '.') {
            int fraction = digits(at + 1);
            if (fraction == at + 1) {
                return UNSURE;
            }
            at = fraction;
        }
        if (peek(at) == 'e' || peek(at) == 'E') {
            int power = peek(at + 1) == '+' || peek(at + 1) == '-' ? at + 2 : at + 1;
            at = digits(power);
            if (at == power) {
                return UNSURE;
            }
        }
        return at - from <= limits.maxNumberLength() ? at : UNSURE;
    }

    /// The offset of the first byte from there that is no digit.
    private int digits(int from) {
        int at = from;
        while (peek(at) >= '0' && peek(at) <= '9') {
            at++;
        }
        return at;
    }

    private int literal(int from, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (peek(from + i) != literal.charAt(i)) {
                return UNSURE;
            }
        }
        return from + literal.length();
    }

    private int skip(int from) {
        return JsonSpan.skipWhitespace(text, from, to);
    }

    /// The byte there; past the end 0, which is nothing in JSON.
    private byte peek(int at) {
        return at < to ? text[at] : 0;
    }
}
