package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.failure.TransientFailure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class ProducerDirectoryTest {

    private static final Producer SHOP = Producer.of(new TenantId("shop"), new SourceId("web"));

    private final List<ProducerKey> stored = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private int reads;
    private boolean away;

    @Test
    void opensTwoLiveKeysWhileOneIsRotated() {
        add("old", now.plusSeconds(60));
        add("new", null);
        ProducerDirectory directory = directory();

        assertThat(directory.find("old")).contains(SHOP);
        assertThat(directory.find("new")).contains(SHOP);
        now = now.plusSeconds(60);
        assertThat(directory.find("old")).isEmpty();
        assertThat(directory.find("new")).contains(SHOP);
    }

    @Test
    void opensANewKeyAtOnce() {
        ProducerDirectory directory = directory();
        now = now.plusSeconds(2);
        add("new", null);

        assertThat(directory.find("new")).contains(SHOP);
    }

    @Test
    void readsTheStoreForUnknownKeysOnceASecondAtMost() {
        ProducerDirectory directory = directory();
        now = now.plusSeconds(2);
        for (int i = 0; i < 1000; i++) {
            assertThat(directory.find("guess-" + i)).isEmpty();
        }

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void closesARevokedKeyAfterTheRefresh() {
        add("key", null);
        ProducerDirectory directory = directory();
        stored.clear();

        assertThat(directory.find("key")).isPresent();
        now = now.plusSeconds(30);
        assertThat(directory.find("key")).isEmpty();
    }

    @Test
    void keepsTheLastGoodCopyWhileTheStoreIsAway() {
        add("key", null);
        ProducerDirectory directory = directory();
        away = true;
        now = now.plus(Duration.ofHours(5));

        assertThat(directory.find("key")).isPresent();
        assertThat(meters.get("sluice.collector.keys.age").gauge().value()).isEqualTo(18_000);

        away = false;
        now = now.plusSeconds(2);
        assertThat(directory.find("key")).isPresent();
        assertThat(meters.get("sluice.collector.keys.age").gauge().value()).isZero();
    }

    @Test
    void doesNotStartWithoutOne() {
        away = true;

        assertThatThrownBy(this::directory).isInstanceOf(TransientFailure.class);
    }

    private void add(String key, @Nullable Instant expiresAt) {
        stored.add(new ProducerKey(KeyHash.of(key), SHOP, now, expiresAt));
    }

    private ProducerDirectory directory() {
        ProducerSource source =
                () -> {
                    reads++;
                    if (away) {
                        throw new TransientFailure("table keys: away");
                    }
                    return List.copyOf(stored);
                };
        return new ProducerDirectory(source, Duration.ofSeconds(30), () -> now, meters);
    }
}
