package dev.sluice.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.util.function.Predicate;

class StoredFilesTest {

    private static final Predicate<String> MAY_CHANGE = name -> name.equals("policy.json");

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
    void replacesAFileThatMayChange() {
        StoredFiles reader = new StoredFiles(objects, "contracts/");
        files.publish(set("tap/1-0-0.json", "{}", "policy.json", "1"), MAY_CHANGE);
        String first = files.version().orElseThrow();
        assertThat(text(reader.read())).containsEntry("policy.json", "1");

        assertThat(files.publish(set("policy.json", "2"), MAY_CHANGE)).isEqualTo(1);

        assertThat(files.version().orElseThrow()).isNotEqualTo(first);
        assertThat(text(reader.read()))
                .containsExactly(Map.entry("policy.json", "2"), Map.entry("tap/1-0-0.json", "{}"));
        assertThat(files.publish(set("policy.json", "2"), MAY_CHANGE)).isZero();

        files.publish(set("policy.json", "1"), MAY_CHANGE);
        assertThat(text(reader.read())).containsEntry("policy.json", "1");
    }

    /// The publisher dies after each of its effects: readers see the content before or the new one.
    @Test
    void aFileThatMayChangeIsNeverBroken() {
        for (int effects = 1; effects <= 2; effects++) {
            EffectLog own = new EffectLog();
            StoredFiles set =
                    new StoredFiles(
                            new MemoryObjectStore("b", InstantSource.system(), own), "contracts/");
            set.publish(set("policy.json", "1"), MAY_CHANGE);
            own.dieAfter(effects);

            assertThatThrownBy(() -> set.publish(set("policy.json", "2"), MAY_CHANGE))
                    .isInstanceOf(SimulatedCrash.class);
            own.revive();

            assertThat(text(set.read()))
                    .as("after %d", effects)
                    .containsExactly(Map.entry("policy.json", effects < 2 ? "1" : "2"));
        }
    }

    @Test
    void readsAnObjectOnce() {
        files.publish(set("tap/1-0-0.json", "{}"));
        files.read();
        objects.delete("contracts/tap/1-0-0.json");
        files.publish(set("tap/1-0-1.json", "[]"));

        assertThat(text(files.read()))
                .containsExactly(
                        Map.entry("tap/1-0-0.json", "{}"), Map.entry("tap/1-0-1.json", "[]"));
    }

    @Test
    void refusesNamesThatTheIndexCannotHold() {
        for (String name : new String[] {"a b/1-0-0.json", "a@1.json", "a\n1.json"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> files.publish(set(name, "{}")))
                    .withMessageContaining(name);
        }
        assertThat(files.version()).isEmpty();
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
