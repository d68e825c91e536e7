package dev.sluice.local.kinesis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The common form of what clients carry for us: fields, a checksum against damage, base64.
final class OpaqueToken {

    private OpaqueToken() {}

    /// Writes or reads the fields of a token.
    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static String encode(byte kind, Writing fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            fields.to(out);
            out.writeInt(RecordFrame.checksum(bytes.toByteArray(), 0, bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// Empty when the text is not a token of this kind.
    static <T> Optional<T> decode(byte kind, String text, Reading<T> fields) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            int length = bytes.length - 4;
            if (length < 1
                    || bytes[0] != kind
                    || ByteBuffer.wrap(bytes).getInt(length)
                            != RecordFrame.checksum(bytes, 0, length)) {
                return Optional.empty();
            }
            byte[] body = Arrays.copyOfRange(bytes, 1, length);
            return Optional.of(fields.from(new DataInputStream(new ByteArrayInputStream(body))));
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
