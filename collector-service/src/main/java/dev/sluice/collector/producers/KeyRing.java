package dev.sluice.collector.producers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes keys, and takes them away. Keys are named by the start of their hash.
public final class KeyRing {

    private static final int KEY_BYTES = 32;
    private static final String MARK = "wk_";
    private static final int SHORTEST_START = 6;

    private final ProducerStore store;
    private final RandomGenerator random;
    private final InstantSource clock;

    /// @param random good enough for secrets
    public KeyRing(ProducerStore store, RandomGenerator random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /// By tenant and source, the oldest first.
    public List<ProducerKey> all() {
        return store.all().stream()
                .sorted(
                        Comparator.comparing((ProducerKey key) -> key.producer().tenantId().value())
                                .thenComparing(key -> key.producer().sourceId().value())
                                .thenComparing(ProducerKey::createdAt))
                .toList();
    }

    /// @return the key itself, which nobody can find out again
    public String create(Producer producer) {
        String key = MARK + random();
        store.put(new ProducerKey(KeyHash.of(key), producer, clock.instant(), null));
        return key;
    }

    /// Makes a second key for the producer of a key, which expires after the grace.
    ///
    /// @return the new key
    /// @throws IllegalArgumentException if not exactly one key begins so, or it expires already
    public String rotate(String start, Duration grace) {
        ProducerKey old = find(start);
        if (old.expiresAt() != null) {
            throw new IllegalArgumentException(
                    "key %s expires at %s already; rotate the newer key of %s/%s"
                            .formatted(
                                    old.hash(),
                                    old.expiresAt(),
                                    old.producer().tenantId(),
                                    old.producer().sourceId()));
        }
        Instant end = clock.instant().plus(grace);
        String key = create(old.producer());
        store.put(old.expiring(end));
        return key;
    }

    /// @return the hash of the key that is gone
    /// @throws IllegalArgumentException if not exactly one key begins so
    public KeyHash revoke(String start) {
        ProducerKey key = find(start);
        store.remove(key.hash());
        return key.hash();
    }

    /// A new secret for a producer to sign with.
    public SigningSecret secret() {
        return new SigningSecret(random());
    }

    private String random() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private ProducerKey find(String start) {
        if (start.length() < SHORTEST_START) {
            throw new IllegalArgumentException(
                    "give at least %d digits of the key's hash".formatted(SHORTEST_START));
        }
        List<ProducerKey> found =
                store.all().stream().filter(key -> key.hash().hex().startsWith(start)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "%d keys have a hash that begins with %s".formatted(found.size(), start));
        }
        return found.getFirst();
    }
}
