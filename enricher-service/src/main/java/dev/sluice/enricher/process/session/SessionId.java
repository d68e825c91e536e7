package dev.sluice.enricher.process.session;

import dev.sluice.runtime.stream.HashKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids of sessions: half a SHA-256, in hexadecimal, of the device and what tells its sessions from
/// one another: the SDK's own id of the session, or else the id of its first event.
final class SessionId {

    private static final int BYTES = 16;

    private SessionId() {}

    static String of(HashKey device, Visit visit) {
        String clientId = visit.clientSessionId();
        return clientId == null
                ? hash(device, "event", visit.eventId())
                : ofClient(device, clientId);
    }

    /// The same whether or not anything of the session is remembered.
    static String ofClient(HashKey device, String clientSessionId) {
        return hash(device, "session", clientSessionId);
    }

    private static String hash(HashKey device, String kind, String id) {
        MessageDigest digest = sha256();
        digest.update(
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(device.high())
                        .putLong(device.low())
                        .flip());
        digest.update((kind + '\0' + id).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
