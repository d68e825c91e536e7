package dev.sluice.validator.process.duplicate;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Makes keys: the first half of a SHA-256. Ids are the senders' to choose, so the hash must be one
/// for which nobody can find two that agree: with a weaker one, a tenant could send the id that
/// makes the event of another tenant a "duplicate". For one thread at a time.
final class EventKeys {

    private static final int DIGEST_BYTES = 32;

    private final MessageDigest sha256 = sha256();
    private final ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES);

    EventKey of(TenantId tenant, EventId event) {
        byte[] owner = tenant.value().getBytes(StandardCharsets.UTF_8);
        // With its length in front, no end of a tenant id can pass for the beginning of an event's.
        sha256.update((byte) owner.length);
        sha256.update(owner);
        sha256.update(event.value().getBytes(StandardCharsets.UTF_8));
        try {
            sha256.digest(digest.array(), 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new AssertionError("the digest fits", e);
        }
        return new EventKey(digest.getLong(0), digest.getLong(Long.BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
