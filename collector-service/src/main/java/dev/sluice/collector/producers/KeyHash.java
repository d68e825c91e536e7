package dev.sluice.collector.producers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of a write key's UTF-8 bytes: all that is stored of one. A key is 256 random
/// bits, so a slow hash would add nothing.
///
/// @param hex 64 lower-case hex digits
public record KeyHash(String hex) {

    private static final int DIGITS = 64;
    private static final int SHOWN = 12;

    public KeyHash {
        if (hex.length() != DIGITS || !hex.chars().allMatch(KeyHash::isDigit)) {
            throw new IllegalArgumentException("a key's SHA-256 is 64 lower-case hex digits");
        }
    }

    public static KeyHash of(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return new KeyHash(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static boolean isDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /// Enough to tell keys apart, too little to test guesses against.
    @Override
    public String toString() {
        return hex.substring(0, SHOWN);
    }
}
