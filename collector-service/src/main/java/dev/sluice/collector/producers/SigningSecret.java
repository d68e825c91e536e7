package dev.sluice.collector.producers;

import java.nio.charset.StandardCharsets;

/// What a producer signs its requests with. Never printed.
///
/// @param value any text of 16 characters or more
public record SigningSecret(String value) {

    private static final int MIN_LENGTH = 16;

    public SigningSecret {
        if (value.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "a signing secret has " + MIN_LENGTH + " characters or more");
        }
    }

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
