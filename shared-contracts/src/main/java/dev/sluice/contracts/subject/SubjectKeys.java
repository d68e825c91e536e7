package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.TenantId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the keys of subjects: HMAC-SHA-256 (RFC 2104) over tenant, kind and value. Of it the first
/// 128 bits are the key, as section 5 allows: not less than half the hash. For one thread at a
/// time.
public final class SubjectKeys {

    private static final String ALGORITHM = "HmacSHA256";

    /// Before the keys of persons. No tenant is that long, so no key of a subject begins so.
    private static final byte PERSON = (byte) 0xff;

    private final Mac mac;

    /// @throws IllegalArgumentException if the secret is too short
    public SubjectKeys(SubjectSecret secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has HMAC-SHA-256", e);
        }
    }

    /// The key of a subject.
    public SubjectKey of(TenantId tenant, SubjectId subject) {
        return key(tenant, subject);
    }

    /// The person that a subject is by itself, for as long as nothing is known to link it. Not its
    /// key: else whoever reads the warehouse could tell from the list who was erased.
    public SubjectKey person(TenantId tenant, SubjectId subject) {
        mac.update(PERSON);
        return key(tenant, subject);
    }

    /// What tells this secret from others. No subject has it, for no tenant is empty.
    public SubjectKey fingerprint() {
        mac.update((byte) 0);
        return finish();
    }

    private SubjectKey key(TenantId tenant, SubjectId subject) {
        byte[] owner = tenant.value().getBytes(StandardCharsets.UTF_8);
        // Lengths of tenant and kind are known before they begin; the value is all that follows.
        mac.update((byte) owner.length);
        mac.update(owner);
        mac.update(subject.kind().code());
        mac.update(subject.value().getBytes(StandardCharsets.UTF_8));
        return finish();
    }

    private SubjectKey finish() {
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
        return new SubjectKey(hash.getLong(), hash.getLong());
    }
}
