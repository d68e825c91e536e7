package dev.sluice.runtime.keylist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.memory.MemoryKeyList;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceTiming;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class KeyListSourceTest {

    private static final ReferenceTiming TIMING =
            new ReferenceTiming(Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);

    private final MemoryKeyList list = new MemoryKeyList();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void takesAChangeAtTheNextLook() {
        Reference<List<Long>> bounds = load();
        assertThat(bounds.get()).isEmpty();

        list.raise(KeyListKit.entry("shop", 1, 2, 10));
        bounds.refresh();

        assertThat(bounds.get()).containsExactly(10L);
    }

    @Test
    void keepsTheLastCopyWhileTheListIsAwayAndSaysHowOldItIs() {
        list.raise(KeyListKit.entry("shop", 1, 2, 10));
        Reference<List<Long>> bounds = load();
        list.goAway();
        now = now.plusSeconds(90);

        bounds.refresh();

        assertThat(bounds.get()).containsExactly(10L);
        assertThat(bounds.health().why()).contains("the store is away");
        assertThat(
                        meters.get("sluice.reference.age")
                                .tags("name", "bounds")
                                .timeGauge()
                                .value(TimeUnit.SECONDS))
                .isEqualTo(90);
    }

    @Test
    void doesNotStartWithoutTheList() {
        list.goAway();

        assertThatThrownBy(this::load)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("no bounds to begin with");
    }

    private Reference<List<Long>> load() {
        return Reference.load(
                "bounds",
                new KeyListSource<>(list, KeyListSourceTest::bounds),
                TIMING,
                () -> now,
                meters);
    }

    private static List<Long> bounds(KeyList list) {
        List<Long> bounds = new ArrayList<>();
        list.read((_, _, _, bound) -> bounds.add(bound));
        return bounds;
    }
}
