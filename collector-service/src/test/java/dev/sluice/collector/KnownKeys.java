package dev.sluice.collector;

import dev.sluice.collector.producers.KeyHash;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerKey;
import dev.sluice.collector.producers.ProducerStore;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.collector.producers.SigningSecret;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/// A key for each thing that a key may be bound to.
final class KnownKeys {

    /// May send five events a second.
    static final String LIMITED = "limited";

    /// Of pages of `https://shop.example`.
    static final String WEB = "web";

    static final String SEGMENT_ONLY = "segment-only";
    static final String SIGNED = "signed";

    private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef");

    private KnownKeys() {}

    static void putInto(ProducerStore store) {
        store.put(key(LIMITED, Set.of(), Set.of(), null, 5));
        store.put(key(WEB, Set.of("https://shop.example"), Set.of(), null, 0));
        store.put(key(SEGMENT_ONLY, Set.of(), Set.of("segment"), null, 0));
        store.put(key(SIGNED, Set.of(), Set.of(), SECRET, 0));
    }

    /// Bound to nothing.
    static ProducerKey free(String key) {
        return key(key, Set.of(), Set.of(), null, 0);
    }

    /// The headers of a request that {@link #SIGNED} sends now.
    static String[] signature(String nonce, byte[] body) {
        String now = Long.toString(Instant.now().getEpochSecond());
        return headers(now, nonce, Signatures.sign(SECRET, now, nonce, body, body.length));
    }

    static String[] headers(String timestamp, String nonce, String signature) {
        return new String[] {
            "X-Sluice-Timestamp",
            timestamp,
            "X-Sluice-Nonce",
            nonce,
            "X-Sluice-Signature",
            signature
        };
    }

    private static ProducerKey key(
            String key,
            Set<String> origins,
            Set<String> protocols,
            @Nullable SigningSecret signing,
            long eventsPerSecond) {
        Producer producer =
                new Producer(
                        new TenantId("shop"),
                        new SourceId(key),
                        origins,
                        protocols,
                        signing,
                        eventsPerSecond,
                        0);
        return new ProducerKey(KeyHash.of(key), producer, Instant.EPOCH, null);
    }
}
