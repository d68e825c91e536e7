package dev.sluice.runtime.state;

import static dev.sluice.runtime.state.StateRig.FIRST;
import static dev.sluice.runtime.state.StateRig.STREAM;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/// Dies between any two effects of reading, snapshots, checkpoints and cleaning, over a split.
class StateCrashTest {

    private static final class Counting implements CrashAfterEachEffect.World {

        private final StateRig rig = new StateRig(1);
        private @Nullable MemoryConsumer consumer;

        Counting(boolean late) {
            rig.late = late;
            rig.put("a", "b", "a", "c", "a");
            rig.streams.split(STREAM, FIRST);
            rig.put("a", "b", "c", "d", "d");
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            consumer = rig.consumer(2);
            consumer.runUntilIdle();
            consumer.close();
        }

        @Override
        public void crash() {
            Objects.requireNonNull(consumer).crash();
        }

        /// What a new process would remember, which shards have which snapshots, and no cold start.
        @Override
        public Object outcome() {
            MemoryConsumer reader = rig.consumer(2);
            reader.runUntilIdle();
            List<Object> known =
                    List.of(rig.counted(), rig.coldStarts("missing"), rig.coldStarts("corrupt"));
            reader.crash();
            return known;
        }
    }

    @Test
    void countsEveryTextOnceWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(() -> new Counting(false))).isGreaterThan(10);
    }

    @Test
    void countsEveryTextOnceWithAStateAheadOfItsCheckpoint() {
        assertThat(CrashAfterEachEffect.once(() -> new Counting(true))).isGreaterThan(10);
    }

    @Test
    void countsEveryTextOnceWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(() -> new Counting(false))).isGreaterThan(50);
    }
}
