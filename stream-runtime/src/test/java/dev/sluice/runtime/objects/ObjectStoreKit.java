package dev.sluice.runtime.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What every {@link ObjectStore} does, whatever is behind it.
public abstract class ObjectStoreKit {

    private final String folder = "kit-" + UUID.randomUUID() + "/";

    protected abstract ObjectStore store();

    /// Every publication fails without an effect, until {@link #heal()}.
    protected abstract void failPublications();

    /// The next publication takes effect, but its answer never arrives.
    protected abstract void loseNextAnswer();

    /// The next read of an object gives its content with a bit flipped, or fails because of that.
    protected abstract void damageNextRead();

    /// Takes every fault back.
    protected abstract void heal();

    @Test
    void readsBackWhatWasPublished() {
        publish("a", "content");
        assertThat(text("a")).isEqualTo("content");
    }

    @Test
    void showsNothingBeforePublication() {
        try (PendingObject pending = store().begin(folder + "a")) {
            write(pending, "content");
            assertThat(store().read(folder + "a")).isEmpty();
            assertThat(keys("")).isEmpty();
            pending.publish();
            assertThat(keys("")).containsExactly("a");
        }
        assertThat(text("a")).isEqualTo("content");
    }

    @Test
    void neverShowsWhatWasDiscarded() {
        PendingObject pending = store().begin(folder + "a");
        write(pending, "content");
        pending.discard();
        assertThat(store().read(folder + "a")).isEmpty();
        assertThatThrownBy(pending::publish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void discardsWhatIsClosedWithoutPublication() {
        try (PendingObject pending = store().begin(folder + "a")) {
            write(pending, "content");
        }
        assertThat(keys("")).isEmpty();
    }

    @Test
    void replacesTheObjectOfTheSameKeyAtPublication() {
        publish("a", "old");
        try (PendingObject pending = store().begin(folder + "a")) {
            write(pending, "new");
            assertThat(text("a")).isEqualTo("old");
            pending.publish();
        }
        assertThat(text("a")).isEqualTo("new");
        assertThat(keys("")).containsExactly("a");
    }

    @Test
    void publishesAnEmptyObject() {
        ObjectSummary summary = publish("a", "");
        assertThat(summary.size()).isZero();
        assertThat(store().read(folder + "a")).hasValueSatisfying(c -> assertThat(c).isEmpty());
    }

    @Test
    void publishesALargeObjectByteForByte() throws IOException {
        byte[] content = new byte[20 << 20];
        RandomGenerator.of("L64X128MixRandom").nextBytes(content);
        try (PendingObject pending = store().begin(folder + "large")) {
            for (int at = 0; at < content.length; at += 1 << 18) {
                pending.content().write(content, at, 1 << 18);
            }
            ObjectSummary summary = pending.publish();
            assertThat(summary.size()).isEqualTo(content.length);
            assertThat(summary.key()).isEqualTo(folder + "large");
        }
        assertThat(store().read(folder + "large")).contains(content);
    }

    @Test
    void downloadsAnObjectIntoAFile(@TempDir Path directory) throws IOException {
        publish("a", "content");
        assertThat(store().download(folder + "a", directory.resolve("a"))).isTrue();
        assertThat(directory.resolve("a")).hasContent("content");
    }

    @Test
    void downloadsNothingOfAnUnknownKey(@TempDir Path directory) {
        assertThat(store().download(folder + "unknown", directory.resolve("a"))).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void hasNothingToReadForAnUnknownKey() {
        assertThat(store().read(folder + "unknown")).isEmpty();
    }

    @Test
    void listsByPrefixInTheOrderOfKeys() {
        for (String key : List.of("b/2", "a", "b/10", "c", "b/1", "B", "ü")) {
            publish(key, key);
        }
        assertThat(keys("")).containsExactly("B", "a", "b/1", "b/10", "b/2", "c", "ü");
        assertThat(keys("b/")).containsExactly("b/1", "b/10", "b/2");
        assertThat(keys("nothing")).isEmpty();
    }

    @Test
    void listsMoreThanFitsAPage() {
        List<String> keys = IntStream.range(0, 1005).mapToObj("k%04d"::formatted).toList();
        keys.parallelStream().forEach(key -> publish(key, ""));
        assertThat(keys("k")).isEqualTo(keys);
    }

    @Test
    void listsSizes() {
        publish("a", "12345");
        try (Stream<ObjectSummary> objects = store().list(folder)) {
            assertThat(objects.map(ObjectSummary::size)).containsExactly(5L);
        }
    }

    @Test
    void keepsUnusualKeys() {
        String key = "dt=2026-01-02/hour=03/a b+c&d=ü%41.parquet";
        publish(key, "content");
        assertThat(text(key)).isEqualTo("content");
        assertThat(keys("dt=")).containsExactly(key);
    }

    @Test
    void deletesAnObjectAndMindsNotWhetherItWasThere() {
        publish("a", "content");
        store().delete(folder + "a");
        assertThat(store().read(folder + "a")).isEmpty();
        store().delete(folder + "a");
    }

    @Test
    void publishesAtTheNextAttemptAfterAFailure() {
        try (PendingObject pending = store().begin(folder + "a")) {
            write(pending, "content");
            failPublications();
            assertThatThrownBy(pending::publish)
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining(store().uri(folder + "a"));
            heal();
            assertThat(store().read(folder + "a")).isEmpty();
            pending.publish();
        }
        assertThat(text("a")).isEqualTo("content");
    }

    @Test
    void isWholeAfterALostAnswer() {
        try (PendingObject pending = store().begin(folder + "a")) {
            write(pending, "content");
            loseNextAnswer();
            publishUntilItIsSaid(pending);
        }
        heal();
        assertThat(text("a")).isEqualTo("content");
        assertThat(keys("")).containsExactly("a");
    }

    @Test
    void readsWhatWasPublishedAfterADamagedRead() {
        publish("a", "content");
        damageNextRead();
        assertThat(damaged("a")).isTrue();
        assertThat(text("a")).isEqualTo("content");
    }

    @Test
    void refusesToPublishTwice() {
        PendingObject pending = store().begin(folder + "a");
        pending.publish();
        assertThatThrownBy(pending::publish).isInstanceOf(IllegalStateException.class);
        pending.discard();
        assertThat(store().read(folder + "a")).isPresent();
    }

    @Test
    void namesObjectsAsOtherSystemsDo() {
        assertThat(store().uri("a/b")).matches("s3://[a-z0-9.-]+/a/b");
    }

    private static void publishUntilItIsSaid(PendingObject pending) {
        for (int i = 0; i < 3; i++) {
            try {
                pending.publish();
                return;
            } catch (TransientFailure e) {
                assertThat(e).hasMessageContaining("s3://");
            }
        }
        throw new AssertionError("three publications without an answer");
    }

    private ObjectSummary publish(String key, String content) {
        try (PendingObject pending = store().begin(folder + key)) {
            write(pending, content);
            return pending.publish();
        }
    }

    private static void write(PendingObject pending, String content) {
        try {
            pending.content().write(content.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String key) {
        return new String(store().read(folder + key).orElseThrow(), UTF_8);
    }

    /// A store that checks what it reads says so instead of giving it.
    private boolean damaged(String key) {
        try {
            return !text(key).equals("content");
        } catch (TransientFailure e) {
            return true;
        }
    }

    private List<String> keys(String prefix) {
        try (Stream<ObjectSummary> objects = store().list(folder + prefix)) {
            return objects.map(object -> object.key().substring(folder.length())).toList();
        }
    }
}
