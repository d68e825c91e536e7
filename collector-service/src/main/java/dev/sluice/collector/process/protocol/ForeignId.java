package dev.sluice.collector.process.protocol;

import dev.sluice.contracts.event.EventId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Event ids of other SDKs. One of at most 64 bytes is kept. A longer one, such as the 74 bytes of
/// Segment's older Node SDK, becomes the first 128 bits of its SHA-256, so that a copy gets the
/// same.
public final class ForeignId {

    private static final int HASH_BYTES = 16;

    private ForeignId() {}

    public static @Nullable String fitted(@Nullable String id) {
        if (id == null) {
            return null;
        }
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= EventId.MAX_BYTES
                ? id
                : "sha256-" + HexFormat.of().formatHex(sha256().digest(utf8), 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
