package dev.sluice.contracts.subject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What keeps the keys of subjects from being guessed: ids are few and short, so a hash alone would
/// be found out by trying. The same in all services, and for ever: with another one, nobody on the
/// list is recognised. Never printed.
public final class SubjectSecret {

    /// RFC 2104, section 3: less than the length of the hash makes HMAC weaker.
    private static final int MIN_BYTES = 32;

    private final byte[] value;

    private SubjectSecret(byte[] value) {
        this.value = value;
    }

    /// Binding finds it by its name. Any text; whether it is long enough shows when it is used.
    public static SubjectSecret of(String value) {
        return new SubjectSecret(value.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException if it is shorter than 32 bytes
    byte[] reveal() {
        if (value.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the secret of subjects has " + MIN_BYTES + " bytes or more");
        }
        return value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubjectSecret secret && Arrays.equals(value, secret.value);
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
