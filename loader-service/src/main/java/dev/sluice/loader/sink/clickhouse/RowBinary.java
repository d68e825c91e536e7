package dev.sluice.loader.sink.clickhouse;

import java.math.BigInteger;
import java.util.Arrays;

/// ClickHouse's format RowBinary: values one after another, little-endian, without names.
final class RowBinary {

    private static final int MOST_OF_DECIMAL32 = 9;
    private static final int MOST_OF_DECIMAL64 = 18;

    private byte[] bytes;
    private int size;

    /// @param expected number of bytes
    RowBinary(int expected) {
        bytes = new byte[Math.max(expected, 64)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void int8(int value) {
        little(value, 1);
    }

    void int16(int value) {
        little(value, 2);
    }

    void int32(int value) {
        little(value, 4);
    }

    void int64(long value) {
        little(value, 8);
    }

    /// Its length in LEB128, then the bytes.
    void string(byte[] utf8) {
        int length = utf8.length;
        while (length > 0x7f) {
            int8(length & 0x7f | 0x80);
            length >>>= 7;
        }
        int8(length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    /// @param precision decides the width: 4, 8 or 16 bytes
    void decimal(BigInteger unscaled, int precision) {
        if (precision <= MOST_OF_DECIMAL32) {
            int32(unscaled.intValueExact());
        } else if (precision <= MOST_OF_DECIMAL64) {
            int64(unscaled.longValueExact());
        } else {
            int64(unscaled.longValue());
            int64(unscaled.shiftRight(Long.SIZE).longValueExact());
        }
    }

    private void little(long value, int width) {
        room(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
