package dev.sluice.collector.producers;

import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks that a request was signed by who knows the secret, lately, and was not seen before:
/// `v1=` and the hex of HMAC-SHA256 over `TIMESTAMP.NONCE.BODY`, the body as it was sent.
/// Thread-safe.
///
/// A nonce counts as seen once its request is stored: one that was answered 503 comes again
/// with the same. Nonces are known to one task; a copy that reaches another one is an event
/// with the same id, which is a duplicate.
public final class Signatures {

    /// How far the sender's clock may be off, either way.
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String VERSION = "v1=";
    private static final int MAX_NONCE = 64;

    private final int maxNonces;
    private final InstantSource clock;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    /// @param maxNonces remembered at once; when they are more within the window, no request passes
    public Signatures(int maxNonces, InstantSource clock) {
        this.maxNonces = maxNonces;
        this.clock = clock;
    }

    /// What a sender presents; all null if it signed nothing.
    public record Presented(
            @Nullable String timestamp, @Nullable String nonce, @Nullable String signature) {}

    public enum Verdict {
        GOOD,
        MISSING,
        EXPIRED,
        WRONG,
        REPLAYED,
        /// So many nonces within the window that no more can be remembered.
        BUSY
    }

    /// The first `length` bytes of the body count.
    public Verdict check(
            TenantId tenant, SigningSecret secret, Presented presented, byte[] body, int length) {
        String timestamp = presented.timestamp();
        String nonce = presented.nonce();
        String signature = presented.signature();
        if (timestamp == null || nonce == null || signature == null || nonce.length() > MAX_NONCE) {
            return Verdict.MISSING;
        }
        if (!isNow(timestamp)) {
            return Verdict.EXPIRED;
        }
        if (!matches(signature, hmac(secret, timestamp, nonce, body, length))) {
            return Verdict.WRONG;
        }
        return remember(tenant + "/" + nonce);
    }

    /// What a sender presents as its signature.
    public static String sign(
            SigningSecret secret, String timestamp, String nonce, byte[] body, int length) {
        return VERSION + HexFormat.of().formatHex(hmac(secret, timestamp, nonce, body, length));
    }

    /// The request was not stored, so its nonce may come again.
    public synchronized void release(TenantId tenant, String nonce) {
        seen.remove(tenant + "/" + nonce);
    }

    private synchronized Verdict remember(String key) {
        Instant now = clock.instant();
        Iterator<Instant> oldest = seen.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(now)) {
            oldest.remove();
        }
        if (seen.containsKey(key)) {
            return Verdict.REPLAYED;
        }
        if (seen.size() >= maxNonces) {
            return Verdict.BUSY;
        }
        seen.put(key, now.plus(WINDOW).plus(WINDOW));
        return Verdict.GOOD;
    }

    private boolean isNow(String timestamp) {
        try {
            Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(signed, clock.instant()).abs().compareTo(WINDOW) <= 0;
        } catch (NumberFormatException | ArithmeticException | java.time.DateTimeException e) {
            return false;
        }
    }

    private static boolean matches(String signature, byte[] expected) {
        if (!signature.startsWith(VERSION)) {
            return false;
        }
        try {
            byte[] given = HexFormat.of().parseHex(signature.substring(VERSION.length()));
            return MessageDigest.isEqual(given, expected);
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    private static byte[] hmac(
            SigningSecret secret, String timestamp, String nonce, byte[] body, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            mac.update((timestamp + "." + nonce + ".").getBytes(StandardCharsets.UTF_8));
            mac.update(body, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
