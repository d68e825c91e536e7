package dev.sluice.loader.config;

import org.jspecify.annotations.Nullable;

/// A value that never shows itself.
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// Binding finds it by its name.
    public static Secret of(String value) {
        return new Secret(value);
    }

    String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
