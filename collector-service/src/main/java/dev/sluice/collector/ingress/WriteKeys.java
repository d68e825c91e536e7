package dev.sluice.collector.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The producers by the SHA-256 of their write keys; the keys themselves are not known here.
/// Immutable.
public final class WriteKeys {

    private final Map<String, Producer> byHash;

    /// @param byHash SHA-256 of each key's UTF-8 bytes, 64 lower-case hex digits
    public WriteKeys(Map<String, Producer> byHash) {
        byHash.keySet().forEach(WriteKeys::checkHash);
        this.byHash = new HashMap<>(byHash);
    }

    /// The producer of that key. How long it takes tells about the hash at most, and who can choose
    /// the hash of a key can break SHA-256.
    public Optional<Producer> find(String key) {
        byte[] hash = sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(hash)));
    }

    private static void checkHash(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a key's SHA-256 is 64 lower-case hex digits");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
