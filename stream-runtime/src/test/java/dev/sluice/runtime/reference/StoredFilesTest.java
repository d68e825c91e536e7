package dev.sluice.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.SimulatedCrash;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class StoredFilesTest {

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("b", InstantSource.system(), log);
    private final StoredFiles files = new StoredFiles(objects, "contracts/");

    @Test
    void hasNoVersionBeforeTheFirstPublication() {
        assertThat(files.version()).isEmpty();
        assertThat(files.read()).isEmpty();
    }

    @Test
    void readsWhatWasPublished() {
        assertThat(files.publish(set("tap/1-0-0.json", "{}"))).isEqualTo(1);
        String first = files.version().orElseThrow();

        assertThat(files.publish(set("tap/1-0-1.json", "[]"))).isEqualTo(1);

        assertThat(files.version().orElseThrow()).isNotEqualTo(first);
        assertThat(text(files.read()))
                .containsExactly(
                        Map.entry("tap/1-0-0.json", "{}"), Map.entry("tap/1-0-1.json", "[]"));
    }

    @Test
    void writesNothingTwice() {
        files.publish(set("tap/1-0-0.json", "{}"));
        Optional<String> version = files.version();
        int effects = log.effects().size();

        assertThat(files.publish(set("tap/1-0-0.json", "{}"))).isZero();

        assertThat(log.effects()).hasSize(effects);
        assertThat(files.version()).isEqualTo(version);
    }

    @Test
    void neverChangesAFile() {
        files.publish(set("tap/1-0-0.json", "{}"));

        assertThatThrownBy(() -> files.publish(set("tap/1-0-0.json", "[]")))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("s3://b/contracts/tap/1-0-0.json is published");
        assertThat(text(files.read())).containsValue("{}");
    }

    /// The publisher dies after each of its effects: readers see the set before, whole, and a
    /// second try brings the new one.
    @Test
    void isSeenWhollyOrNotAtAll() {
        Map<String, byte[]> more = set("lift/1-0-0.json", "1", "tap/1-0-1.json", "2");
        for (int effects = 1; effects <= 3; effects++) {
            EffectLog own = new EffectLog();
            StoredFiles set =
                    new StoredFiles(
                            new MemoryObjectStore("b", InstantSource.system(), own), "contracts/");
            set.publish(set("tap/1-0-0.json", "{}"));
            own.dieAfter(effects);

            assertThatThrownBy(() -> set.publish(more)).isInstanceOf(SimulatedCrash.class);
            own.revive();

            assertThat(set.read()).as("after %d", effects).hasSize(effects < 3 ? 1 : 3);
            set.publish(more);
            assertThat(set.read()).hasSize(3);
        }
    }

    @Test
    void refusesAFileThatIsNotWhatTheIndexSays() {
        files.publish(set("tap/1-0-0.json", "{}"));
        objects.delete("contracts/tap/1-0-0.json");
        assertThatThrownBy(files::read)
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is in the index but gone");
    }

    @Test
    void saysWhenTheStoreIsAway() {
        objects.faults().goAway();

        assertThatThrownBy(files::version).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> files.publish(set("a/1-0-0.json", "1")))
                .isInstanceOf(TransientFailure.class);
    }

    private static Map<String, byte[]> set(String... namesAndContents) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            files.put(
                    namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static Map<String, String> text(Map<String, byte[]> files) {
        Map<String, String> text = new TreeMap<>();
        files.forEach(
                (name, content) -> text.put(name, new String(content, StandardCharsets.UTF_8)));
        return text;
    }
}
