package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.failure.SetupFailure;
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
    private @Nullable RuntimeException failure;

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
    void opensKnownKeysWhateverTheFailure() {
        add("key", null);
        ProducerDirectory directory = directory();
        for (RuntimeException why :
                List.of(
                        new TransientFailure("table keys: away"),
                        new SetupFailure("table keys: not there"),
                        new IllegalStateException("bug"))) {
            failure = why;
            now = now.plus(Duration.ofHours(1));

            assertThat(directory.find("key")).contains(SHOP);
        }
    }

    @Test
    void refusesAnUnknownKeyInsteadOfFailing() {
        ProducerDirectory directory = directory();
        failure = new TransientFailure("table keys: away");
        now = now.plusSeconds(2);

        assertThat(directory.find("guess")).isEmpty();
    }

    @Test
    void closesAKeyThatExpiresMeanwhile() {
        add("key", now.plusSeconds(60));
        ProducerDirectory directory = directory();
        failure = new TransientFailure("table keys: away");

        now = now.plusSeconds(59);
        assertThat(directory.find("key")).isPresent();
        now = now.plusSeconds(1);
        assertThat(directory.find("key")).isEmpty();
    }

    @Test
    void asksTheStoreOnceASecondAtMost() {
        add("key", null);
        ProducerDirectory directory = directory();
        failure = new TransientFailure("table keys: away");
        now = now.plusSeconds(60);
        for (int i = 0; i < 100; i++) {
            directory.find("key");
            directory.find("guess-" + i);
            now = now.plusMillis(100);
        }

        assertThat(reads).isEqualTo(1 + 10);
    }

    @Test
    void seesWhatChangedWithinASecondOfTheStoresReturn() {
        add("revoked", null);
        ProducerDirectory directory = directory();
        failure = new TransientFailure("table keys: away");
        now = now.plusSeconds(60);
        assertThat(directory.find("revoked")).isPresent();

        failure = null;
        stored.clear();
        add("new", null);
        now = now.plusSeconds(1);

        assertThat(directory.find("new")).contains(SHOP);
        assertThat(directory.find("revoked")).isEmpty();
    }

    @Test
    void tellsHowOldTheKeysAreWhileTheyCannotBeRead() {
        add("key", null);
        ProducerDirectory directory = directory();
        assertThat(age()).isZero();

        now = now.plusSeconds(3600);
        assertThat(age()).as("of a directory that nobody asks").isZero();
        directory.find("key");
        assertThat(age()).isZero();

        failure = new TransientFailure("table keys: away");
        now = now.plusSeconds(45);
        directory.find("key");
        assertThat(age()).isEqualTo(45);

        failure = null;
        now = now.plusSeconds(2);
        directory.find("key");
        assertThat(age()).isZero();
    }

    @Test
    void doesNotStartWithoutOne() {
        failure = new TransientFailure("table keys: away");

        assertThatThrownBy(this::directory).isInstanceOf(TransientFailure.class);
    }

    private double age() {
        return meters.get("sluice.collector.keys.age").gauge().value();
    }

    private void add(String key, @Nullable Instant expiresAt) {
        stored.add(new ProducerKey(KeyHash.of(key), SHOP, now, expiresAt));
    }

    private ProducerDirectory directory() {
        ProducerSource source =
                () -> {
                    reads++;
                    if (failure != null) {
                        throw failure;
                    }
                    return List.copyOf(stored);
                };
        return new ProducerDirectory(source, Duration.ofSeconds(30), () -> now, meters);
    }
}
