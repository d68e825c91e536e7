package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Writes one event in the canonical form, member by member; values are copied as they were sent
/// where nothing has to change. Absent values leave no trace. For one thread.
public final class CanonicalEvent {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;
    private int depth;
    private boolean first = true;

    CanonicalEvent(int expectedBytes) {
        bytes = new byte[Math.max(64, expectedBytes)];
        open();
    }

    /// An object of texts, for events that are not JSON as they are sent.
    public static Bytes ofTexts(Map<String, String> texts) {
        CanonicalEvent object = new CanonicalEvent(256);
        texts.forEach(object::text);
        return object.finish();
    }

    public CanonicalEvent text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(value);
        }
        return this;
    }

    public CanonicalEvent number(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    /// @param json a number or a literal, as JSON writes it
    public CanonicalEvent literal(String name, String json) {
        name(name);
        ascii(json);
        return this;
    }

    /// Copies a value byte for byte.
    public CanonicalEvent value(String name, @Nullable JsonValue value) {
        if (value != null) {
            name(name);
            Bytes raw = value.bytes();
            append(raw.array(), raw.offset(), raw.length());
        }
        return this;
    }

    /// Begins a member that is an object; {@link #end} ends it.
    public CanonicalEvent begin(String name) {
        name(name);
        open();
        return this;
    }

    public CanonicalEvent end() {
        if (depth == 1) {
            throw new IllegalStateException("the event itself is ended by finish");
        }
        close();
        return this;
    }

    /// @throws IllegalStateException if an object is still open
    Bytes finish() {
        if (depth != 1) {
            throw new IllegalStateException(depth - 1 + " objects are still open");
        }
        close();
        return new Bytes(bytes, 0, length);
    }

    private void name(String name) {
        if (!first) {
            append((byte) ',');
        }
        first = false;
        quote(name);
        append((byte) ':');
    }

    private void open() {
        append((byte) '{');
        depth++;
        first = true;
    }

    private void close() {
        append((byte) '}');
        depth--;
        first = false;
    }

    private void quote(String text) {
        append((byte) '"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (byte unit : utf8) {
            if (unit == '"' || unit == '\\') {
                append((byte) '\\');
                append(unit);
            } else if (unit >= 0 && unit < 0x20) {
                ascii("\\u00");
                append(HEX[unit >> 4]);
                append(HEX[unit & 0xF]);
            } else {
                append(unit);
            }
        }
        append((byte) '"');
    }

    private void ascii(String text) {
        byte[] raw = text.getBytes(StandardCharsets.US_ASCII);
        append(raw, 0, raw.length);
    }

    private void append(byte one) {
        reserve(1);
        bytes[length++] = one;
    }

    private void append(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
