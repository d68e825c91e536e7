package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class KeyRingTest {

    private static final Producer SHOP =
            new Producer(
                    new TenantId("shop"),
                    new SourceId("web"),
                    Set.of("https://shop.example"),
                    Set.of("segment"),
                    new SigningSecret("0123456789abcdef"),
                    100,
                    1 << 20);

    private final StoreInMemory store = new StoreInMemory();
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private final KeyRing ring = new KeyRing(store, new Random(1), () -> now);

    @Test
    void makesAKeyWhoseHashAloneIsStored() {
        String key = ring.create(SHOP);

        assertThat(key).matches("wk_[A-Za-z0-9_-]{43}");
        assertThat(ring.all()).containsExactly(new ProducerKey(KeyHash.of(key), SHOP, now, null));
        assertThat(store.all().toString()).doesNotContain(key).doesNotContain(key.substring(3));
    }

    @Test
    void makesNoKeyTwice() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            keys.add(ring.create(SHOP));
        }

        assertThat(keys).hasSize(100);
        assertThat(ring.all()).hasSize(100);
    }

    @Test
    void rotatesAKeyByASecondOneThatMayDoTheSame() {
        String old = ring.create(SHOP);
        now = now.plus(Duration.ofDays(1));

        String next = ring.rotate(start(old), Duration.ofDays(7));

        assertThat(next).isNotEqualTo(old);
        assertThat(ring.all())
                .containsExactly(
                        new ProducerKey(
                                KeyHash.of(old),
                                SHOP,
                                now.minus(Duration.ofDays(1)),
                                now.plus(Duration.ofDays(7))),
                        new ProducerKey(KeyHash.of(next), SHOP, now, null));
    }

    @Test
    void opensWithBothKeysUntilTheGraceIsOver() {
        String old = ring.create(SHOP);
        String next = ring.rotate(start(old), Duration.ofDays(7));

        Instant end = now.plus(Duration.ofDays(7));
        assertThat(ring.all()).allMatch(key -> key.livesAt(end.minusNanos(1)));
        assertThat(ring.all())
                .filteredOn(key -> key.livesAt(end))
                .extracting(ProducerKey::hash)
                .containsExactly(KeyHash.of(next));
    }

    @Test
    void rotatesNoKeyTwice() {
        String old = ring.create(SHOP);
        ring.rotate(start(old), Duration.ofDays(7));
        List<ProducerKey> before = ring.all();

        assertThatThrownBy(() -> ring.rotate(start(old), Duration.ofDays(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expires at 2026-12-03T10:00:00Z already");
        assertThat(ring.all()).isEqualTo(before);
    }

    @Test
    void revokesOneKeyAndNoOther() {
        String gone = ring.create(SHOP);
        String kept = ring.create(SHOP);

        assertThat(ring.revoke(start(gone))).isEqualTo(KeyHash.of(gone));
        assertThat(ring.all()).extracting(ProducerKey::hash).containsExactly(KeyHash.of(kept));
    }

    @Test
    void findsAKeyByItsWholeHash() {
        String key = ring.create(SHOP);

        assertThat(ring.revoke(KeyHash.of(key).hex())).isEqualTo(KeyHash.of(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcde"})
    void asksForEnoughOfTheHash(String start) {
        ring.create(SHOP);

        assertThatThrownBy(() -> ring.revoke(start))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 6 digits");
        assertThat(ring.all()).hasSize(1);
    }

    @Test
    void touchesNoKeyWhenSeveralBeginAlike() {
        store.put(key("abcdef0", SHOP));
        store.put(key("abcdef1", SHOP));

        assertThatThrownBy(() -> ring.revoke("abcdef"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 keys");
        assertThatThrownBy(() -> ring.rotate("abcdef", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ring.revoke("fedcba"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 keys");
        assertThat(ring.all()).hasSize(2);
    }

    @Test
    void listsKeysByTenantAndSourceTheOldestFirst() {
        ring.create(Producer.of(new TenantId("shop"), new SourceId("web")));
        now = now.plusSeconds(1);
        ring.create(Producer.of(new TenantId("shop"), new SourceId("app")));
        ring.create(Producer.of(new TenantId("bank"), new SourceId("web")));
        now = now.minusSeconds(2);
        ring.create(Producer.of(new TenantId("shop"), new SourceId("web")));

        assertThat(ring.all())
                .extracting(
                        key ->
                                key.producer().tenantId()
                                        + "/"
                                        + key.producer().sourceId()
                                        + "@"
                                        + key.createdAt().getEpochSecond() % 60)
                .containsExactly("bank/web@1", "shop/app@1", "shop/web@59", "shop/web@0");
    }

    @Test
    void makesSecretsThatShowNothing() {
        SigningSecret secret = ring.secret();

        assertThat(ring.secret()).isNotEqualTo(secret);
        assertThat(secret.toString()).doesNotContain(secret.value());
        assertThat(ring.all()).isEmpty();
    }

    /// The old key is told to expire last, so that a failure between leaves a producer with one.
    @Test
    void leavesTheOldKeyOpenWhenTheStoreGoesAwayInARotation() {
        String old = ring.create(SHOP);
        store.putsLeft = 1;

        assertThatThrownBy(() -> ring.rotate(start(old), Duration.ofDays(7)))
                .isInstanceOf(TransientFailure.class);
        assertThat(ring.all()).filteredOn(key -> key.hash().equals(KeyHash.of(old))).hasSize(1);
        assertThat(ring.all()).allMatch(key -> key.expiresAt() == null);
    }

    private static String start(String key) {
        return KeyHash.of(key).toString();
    }

    private ProducerKey key(String start, Producer producer) {
        KeyHash hash = new KeyHash(start + "0".repeat(64 - start.length()));
        return new ProducerKey(hash, producer, now, null);
    }

    private static final class StoreInMemory implements ProducerStore {

        private final List<ProducerKey> keys = new ArrayList<>();
        private int putsLeft = Integer.MAX_VALUE;

        @Override
        public List<ProducerKey> all() {
            return List.copyOf(keys);
        }

        @Override
        public void put(ProducerKey key) {
            if (putsLeft-- <= 0) {
                throw new TransientFailure("table keys: away");
            }
            remove(key.hash());
            keys.add(key);
        }

        @Override
        public void remove(KeyHash hash) {
            keys.removeIf(key -> key.hash().equals(hash));
        }
    }
}
