package dev.sluice.collector.process.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Strict UTF-8: the well-formed byte sequences of table 3-7 of the Unicode Standard, 3.9.
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /// The offset of the first byte that begins no well-formed sequence, or -1.
    static int firstIllFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
            } else if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequenceLength(bytes, at, to);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return -1;
    }

    /// The bytes that the text takes in UTF-8, or -1 if half of a surrogate pair is in it.
    static int encodedLength(String text) {
        int length = 0;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit < 0x80) {
                length++;
            } else if (unit < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(unit)) {
                length += 3;
            } else if (at + 1 < text.length()
                    && Character.isSurrogatePair(unit, text.charAt(at + 1))) {
                length += 4;
                at++;
            } else {
                return -1;
            }
        }
        return length;
    }

    /// The length of the sequence of two to four bytes at that offset, 0 if it is ill-formed.
    static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, at + 1, to) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return within(bytes, at + 1, to, low, high) && continues(bytes, at + 2, to) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            return within(bytes, at + 1, to, low, high)
                            && continues(bytes, at + 2, to)
                            && continues(bytes, at + 3, to)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at, int to) {
        return within(bytes, at, to, 0x80, 0xBF);
    }

    private static boolean within(byte[] bytes, int at, int to, int low, int high) {
        return at < to && (bytes[at] & 0xFF) >= low && (bytes[at] & 0xFF) <= high;
    }
}
