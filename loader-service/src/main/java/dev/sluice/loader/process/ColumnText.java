package dev.sluice.loader.process;

import dev.sluice.contracts.rejection.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Text as a column of Redshift takes it: valid UTF-8 of limited length without the character NUL.
public final class ColumnText {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// What stands for NUL, since COPY refuses a row with it.
    private static final char NO_NUL = '\uFFFD';

    private ColumnText() {}

    /// As much of the text as there is room for, without a broken character at its end.
    public static byte @Nullable [] cut(@Nullable String text, int maxBytes) {
        if (text == null) {
            return null;
        }
        byte[] bytes = text.replace('\0', NO_NUL).getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /// The bytes if they are such a text and there is room for all of it; else null.
    public static byte @Nullable [] whole(byte[] bytes, int maxBytes) {
        if (bytes.length == 0 || bytes.length > maxBytes) {
            return null;
        }
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            return null;
        }
        for (byte each : bytes) {
            if (each == 0) {
                return null;
            }
        }
        return bytes;
    }

    /// A list of pointers and messages.
    public static byte[] json(List<Violation> violations) {
        ArrayNode list = JSON.createArrayNode();
        for (Violation violation : violations) {
            list.addObject()
                    .put("pointer", violation.pointer().replace('\0', NO_NUL))
                    .put("message", violation.message().replace('\0', NO_NUL));
        }
        return list.toString().getBytes(StandardCharsets.UTF_8);
    }
}
