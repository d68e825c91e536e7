package dev.sluice.local.redshift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One message of the PostgreSQL protocol: its type byte and what follows the length.
record Message(char type, byte[] body) {

    Reader reader() {
        return new Reader(ByteBuffer.wrap(body));
    }

    /// Reads a body from front to back.
    static final class Reader {

        private final ByteBuffer bytes;

        private Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        String string() {
            int end = bytes.position();
            while (bytes.get(end) != 0) {
                end++;
            }
            String text = new String(take(end - bytes.position()), StandardCharsets.UTF_8);
            skip(1);
            return text;
        }

        int int16() {
            return bytes.getShort();
        }

        int int32() {
            return bytes.getInt();
        }

        char character() {
            return (char) bytes.get();
        }

        void skip(int count) {
            bytes.position(bytes.position() + count);
        }

        byte[] take(int count) {
            byte[] taken = new byte[count];
            bytes.get(taken);
            return taken;
        }

        byte[] rest() {
            return take(bytes.remaining());
        }
    }
}
