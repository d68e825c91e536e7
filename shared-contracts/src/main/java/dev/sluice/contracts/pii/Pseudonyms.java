package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.TenantId;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes pseudonyms, `h:<key id>:<22 of A-Z a-z 0-9 - _>`: the first 128 bits of HMAC-SHA-256 (RFC
/// 2104) over tenant and value. Equal values of a tenant have equal pseudonyms, whatever field they
/// come from; e-mail addresses in any case, phone numbers in any writing. Thread-safe.
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int FEWEST_DIGITS = 7;

    private record Keyed(String id, Mac mac) {}

    private final List<Keyed> keys;

    /// @param keys the first makes new pseudonyms; the others only recognise
    /// @throws IllegalArgumentException if there is none, an id comes twice or a secret is short
    public Pseudonyms(List<PseudonymKey> keys) {
        if (keys.isEmpty()
                || keys.stream().map(PseudonymKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("pseudonyms need keys with an id each");
        }
        this.keys = keys.stream().map(key -> new Keyed(key.id(), mac(key.secret()))).toList();
    }

    /// The pseudonym of a value under the key in use.
    public String of(TenantId tenant, String value) {
        return of(keys.getFirst(), tenant, value);
    }

    /// The pseudonyms that a value may have been given, the newest first: under which its person is
    /// found in what is stored.
    public List<String> all(TenantId tenant, String value) {
        return keys.stream().map(key -> of(key, tenant, value)).toList();
    }

    private static String of(Keyed key, TenantId tenant, String value) {
        Mac mac = fresh(key.mac);
        byte[] owner = tenant.value().getBytes(StandardCharsets.UTF_8);
        // The length of the tenant is known before it begins; the value is all that follows.
        mac.update((byte) owner.length);
        mac.update(owner);
        byte[] hash = mac.doFinal(canonical(value).getBytes(StandardCharsets.UTF_8));
        return "h:%s:%s"
                .formatted(
                        key.id,
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(hash, BYTES)));
    }

    private static String canonical(String value) {
        String stripped = value.strip();
        if (stripped.indexOf('@') >= 0) {
            return stripped.toLowerCase(Locale.ROOT);
        }
        StringBuilder digits = new StringBuilder(stripped.length());
        for (int i = 0; i < stripped.length(); i++) {
            char unit = stripped.charAt(i);
            if (unit >= '0' && unit <= '9') {
                digits.append(unit);
            } else if (" -./()+".indexOf(unit) < 0) {
                return stripped;
            }
        }
        if (digits.length() < FEWEST_DIGITS) {
            return stripped;
        }
        boolean trunk = digits.length() > 2 && digits.charAt(0) == '0' && digits.charAt(1) == '0';
        if (stripped.startsWith("+")) {
            return "+" + digits;
        }
        return trunk ? "+" + digits.substring(2) : digits.toString();
    }

    private static Mac mac(PseudonymSecret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static Mac fresh(Mac keyed) {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the platform's HMAC-SHA-256 can be copied", e);
        }
    }
}
