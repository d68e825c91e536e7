package dev.sluice.local.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Builds the body of a message.
final class MessageBuilder {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    MessageBuilder string(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        body.write(0);
        return this;
    }

    MessageBuilder character(char c) {
        body.write(c);
        return this;
    }

    MessageBuilder int16(int value) {
        body.write(value >>> 8);
        body.write(value);
        return this;
    }

    MessageBuilder int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    MessageBuilder bytes(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    Message build(char type) {
        return new Message(type, body.toByteArray());
    }
}
