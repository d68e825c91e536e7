package dev.sluice.contracts.pii;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What keeps pseudonyms from being guessed. Never printed.
public final class PseudonymSecret {

    /// RFC 2104, section 3: less than the length of the hash makes HMAC weaker.
    private static final int MIN_BYTES = 32;

    private final byte[] value;

    private PseudonymSecret(byte[] value) {
        this.value = value;
    }

    /// Binding finds it by its name. Any text; whether it is long enough shows when it is used.
    public static PseudonymSecret of(String value) {
        return new PseudonymSecret(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return value.length == 0;
    }

    /// @throws IllegalArgumentException if it is shorter than 32 bytes
    byte[] reveal() {
        if (value.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a secret of pseudonyms has " + MIN_BYTES + " bytes or more");
        }
        return value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PseudonymSecret secret && Arrays.equals(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
