package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Set;

/// What every store of keys does.
abstract class ProducerStoreKit {

    static final ProducerKey KEY =
            new ProducerKey(
                    KeyHash.of("secret-key"),
                    new Producer(
                            new TenantId("shop"),
                            new SourceId("web"),
                            Set.of("https://shop.example"),
                            Set.of("native", "segment"),
                            new SigningSecret("0123456789abcdef"),
                            100,
                            1 << 20),
                    Instant.parse("2026-11-26T10:00:00Z"),
                    Instant.parse("2027-11-26T10:00:00Z"));
    static final ProducerKey OTHER =
            new ProducerKey(
                    KeyHash.of("other"),
                    Producer.of(new TenantId("bank"), new SourceId("app")),
                    Instant.parse("2026-11-26T10:00:01Z"),
                    null);

    private ProducerStore store;

    abstract ProducerStore store();

    @BeforeEach
    void open() {
        store = store();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.all()).isEmpty();
    }

    @Test
    void givesBackWhatWasPut() {
        store.put(KEY);
        store.put(OTHER);

        assertThat(store.all()).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void replacesAKey() {
        store.put(KEY);
        ProducerKey changed = KEY.expiring(Instant.parse("2026-12-01T00:00:00Z"));
        store.put(changed);

        assertThat(store.all()).containsExactly(changed);
    }

    @Test
    void removesAKey() {
        store.put(KEY);
        store.put(OTHER);
        store.remove(KEY.hash());
        store.remove(KeyHash.of("never there"));

        assertThat(store.all()).containsExactly(OTHER);
    }
}
