package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectStoreKit;
import dev.sluice.runtime.objects.ObjectSummary;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

class MemoryObjectStoreTest extends ObjectStoreKit {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore store =
            new MemoryObjectStore("bucket", InstantSource.fixed(NOW), log);

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected void failPublications() {
        store.faults().failPublications();
    }

    @Override
    protected void loseNextAnswer() {
        store.faults().loseNextAnswer();
    }

    @Override
    protected void damageNextRead() {
        store.faults().damageNextReads(1);
    }

    @Override
    protected void heal() {
        store.faults().heal();
    }

    @Test
    void logsPublicationsAndDeletions() {
        store.begin("a").publish();
        store.begin("b").discard();
        store.delete("a");
        store.delete("a");
        assertThat(log.lines()).containsExactly("publish s3://bucket/a", "delete s3://bucket/a");
    }

    @Test
    void throwsWhatItIsToldFromAnyCall() {
        TransientFailure failure = new TransientFailure("s3://bucket/a: timeout");
        store.faults().throwOnNextCall(failure);
        assertThatThrownBy(() -> store.read("a")).isSameAs(failure);
        store.faults().throwOnNextCall(failure);
        assertThatThrownBy(() -> store.list("a")).isSameAs(failure);
        store.faults().throwOnNextCall(failure);
        assertThatThrownBy(() -> store.delete("a")).isSameAs(failure);
        assertThat(store.read("a")).isEmpty();
    }

    @Test
    void isAwayUntilHealed() {
        store.faults().goAway();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> store.read("a"))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("s3://bucket/a");
            assertThatThrownBy(() -> store.begin("a").publish())
                    .isInstanceOf(TransientFailure.class);
        }
        store.faults().heal();
        assertThat(store.read("a")).isEmpty();
    }

    @Test
    void throwsWhatItIsToldFromAPublication() {
        TransientFailure failure = new TransientFailure("s3://bucket/a: timeout");
        store.faults().throwOnNextPublish(failure);
        assertThatThrownBy(() -> store.begin("a").publish()).isSameAs(failure);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void knowsWhenAnObjectWasPublished() {
        assertThat(store.begin("a").publish().modifiedAt()).isEqualTo(NOW);
        try (Stream<ObjectSummary> objects = store.list("")) {
            assertThat(objects.map(ObjectSummary::modifiedAt)).containsExactly(NOW);
        }
    }
}
