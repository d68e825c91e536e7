package dev.sluice.contracts.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A range of a byte array, shared and not copied; nobody writes to the array after it is wrapped.
public record Bytes(byte[] array, int offset, int length) {

    public Bytes {
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// The bytes read as UTF-8; ill-formed sequences become U+FFFD.
    public String asUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes(byte[] bytes, int from, int size)
                && Arrays.equals(array, offset, offset + length, bytes, from, from + size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// The length alone: these are payloads and payloads are not logged.
    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
