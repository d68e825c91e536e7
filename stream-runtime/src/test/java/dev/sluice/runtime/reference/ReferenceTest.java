package dev.sluice.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.memory.MemoryObjectStore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class ReferenceTest {

    private static final ReferenceTiming TIMING =
            new ReferenceTiming(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO);

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final StoredFiles files = new StoredFiles(objects, "words/");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger reads = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-27T00:00:00Z");

    @Test
    void takesANewSetOnceItIsThere() {
        publish("one");
        Reference<Set<String>> words = load();
        assertThat(words.get()).containsExactly("one");

        publish("two");
        words.refresh();

        assertThat(words.get()).containsExactly("one", "two");
    }

    @Test
    void readsASetOnce() {
        publish("one");
        Reference<Set<String>> words = load();
        words.refresh();
        words.refresh();

        assertThat(reads).hasValue(1);
    }

    @Test
    void looksAtOnceForWhatIsMissedButNotForTheSameAgainAndAgain() {
        publish("one");
        Reference<Set<String>> words = load();
        publish("two");
        assertThat(words.refreshFor(words.get(), "two", Duration.ofSeconds(1)))
                .as("just loaded")
                .isFalse();
        now = now.plusMillis(100);
        assertThat(words.refreshFor(words.get(), "other", Duration.ofSeconds(1))).isTrue();
        publish("three");
        now = now.plusMillis(100);
        assertThat(words.refreshFor(words.get(), "other", Duration.ofSeconds(1)))
                .as("again")
                .isFalse();
        assertThat(words.refreshFor(words.get(), "three", Duration.ofSeconds(1))).isTrue();
        publish("four");
        now = now.plusSeconds(1);

        assertThat(words.refreshFor(words.get(), "other", Duration.ofSeconds(1))).isTrue();
        assertThat(words.get()).containsExactly("four", "one", "three", "two");
    }

    /// Another thread misses the same and has looked already.
    @Test
    void tellsThatSomebodyElseHasFoundIt() {
        publish("one");
        Reference<Set<String>> words = load();
        Set<String> used = words.get();
        publish("two");
        now = now.plusMillis(100);

        assertThat(words.refreshFor(used, "two", Duration.ofSeconds(1))).isTrue();
        assertThat(words.refreshFor(used, "two", Duration.ofSeconds(1))).isTrue();
        assertThat(words.refreshFor(words.get(), "two", Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void keepsTheLastGoodSetWhileThePlaceIsAway() {
        publish("one");
        Reference<Set<String>> words = load();
        objects.faults().goAway();
        now = now.plusSeconds(400);

        words.refresh();

        assertThat(words.get()).containsExactly("one");
        assertThat(words.health().up()).isTrue();
        assertThat(words.health().why()).contains("the store is away");
        assertThat(age()).isEqualTo(400);
        assertThat(failures()).isEqualTo(1);

        objects.faults().heal();
        words.refresh();

        assertThat(words.health().why()).isEmpty();
        assertThat(age()).isZero();
    }

    @Test
    void keepsTheLastGoodSetWhenTheFilesAreDeleted() {
        publish("one");
        Reference<Set<String>> words = load();
        objects.list("words/").toList().forEach(object -> objects.delete(object.key()));

        words.refresh();

        assertThat(words.get()).containsExactly("one");
        assertThat(words.health().why()).isEqualTo("s3://memory/words/ has no words");
    }

    @Test
    void keepsTheLastGoodSetWhenTheNextCannotBeUsed() {
        publish("one");
        Reference<Set<String>> words = load();
        publish("bad");

        words.refresh();

        assertThat(words.get()).containsExactly("one");
        assertThat(words.health().why()).isEqualTo("bad is no word");
    }

    @Test
    void doesNotBeginWithoutASet() {
        assertThatThrownBy(this::load)
                .isInstanceOf(SetupFailure.class)
                .hasMessage("there are no words to begin with: s3://memory/words/ has no words");
    }

    @Test
    void waitsForTheFirstSet() {
        Reference<Set<String>> words =
                Reference.load(
                        "words",
                        files,
                        this::read,
                        new ReferenceTiming(
                                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ZERO),
                        clockThat(this::publishLater),
                        meters);

        assertThat(words.get()).containsExactly("late");
    }

    private void publishLater() {
        if (failures() > 2) {
            publish("late");
        }
    }

    private InstantSource clockThat(Runnable acts) {
        return () -> {
            acts.run();
            return now;
        };
    }

    private Reference<Set<String>> load() {
        return Reference.load("words", files, this::read, TIMING, () -> now, meters);
    }

    private Set<String> read(Map<String, byte[]> content) {
        reads.incrementAndGet();
        if (content.containsKey("bad")) {
            throw new IllegalArgumentException("bad is no word");
        }
        return new TreeSet<>(content.keySet());
    }

    private void publish(String word) {
        files.publish(Map.of(word, word.getBytes(StandardCharsets.UTF_8)));
    }

    private double age() {
        return meters.get("sluice.reference.age")
                .tag("name", "words")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    private double failures() {
        return meters.get("sluice.reference.failures").tag("name", "words").counter().count();
    }
}
