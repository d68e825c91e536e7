package dev.sluice.validator.process.body;

import dev.sluice.contracts.event.Bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Whether bytes are the UTF-8 of a JSON text. A JSON parser alone does not tell: it lets overlong
/// forms pass and takes bytes with NULs between for UTF-16.
final class Utf8 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private Utf8() {}

    /// True if the bytes are well-formed UTF-8 (RFC 3629) without a NUL, which JSON has nowhere.
    static boolean isText(Bytes bytes) {
        int at = bytes.offset();
        int end = at + bytes.length();
        for (; at + 8 <= end; at += 8) {
            long eight = (long) LONGS.get(bytes.array(), at);
            // A byte borrows into its high bit only when it, or one below it, is zero.
            if (((eight | (eight - LOW_BITS)) & HIGH_BITS) != 0) {
                return decodes(bytes.array(), at, end - at);
            }
        }
        return decodes(bytes.array(), at, end - at);
    }

    private static boolean decodes(byte[] array, int offset, int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(array, offset, length));
        } catch (CharacterCodingException e) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (array[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
