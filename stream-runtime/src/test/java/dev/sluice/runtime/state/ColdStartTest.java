package dev.sluice.runtime.state;

import static dev.sluice.runtime.state.StateRig.FIRST;
import static dev.sluice.runtime.state.StateRig.STREAM;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardStart;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What happens to a shard whose snapshots are not as they were left: a base at 2 and a change at
/// 3.
class ColdStartTest {

    private static final String BASE = "state/app/" + FIRST + "/2-a";
    private static final String CHANGE = "state/app/" + FIRST + "/3-a";

    private final StateRig rig = new StateRig(1);

    @BeforeEach
    void readThreeTexts() {
        rig.put("a", "b", "a");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        consumer.crash();
        assertThat(rig.keys()).containsExactly(BASE, CHANGE);
    }

    @Test
    void restoresWhatWasLeft() {
        assertThat(open().counts.all()).isEqualTo(Map.of("a", 2, "b", 1));
        assertThat(rig.coldStarts("corrupt") + rig.coldStarts("missing")).isZero();
    }

    @Test
    void noticesEveryBitThatFlipsAndEveryCut() {
        byte[] good = rig.object(CHANGE);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> Snapshot.read(bad)).isInstanceOf(IOException.class);
        }
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> Snapshot.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void startsColdWhenASnapshotIsNotAsItWasWritten() {
        for (String key : List.of(BASE, CHANGE)) {
            byte[] good = rig.object(key);
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            rig.overwrite(key, bad);
            assertThat(open().counts.all()).isEmpty();
            rig.overwrite(key, good);
        }
        assertThat(rig.coldStarts("corrupt")).isEqualTo(2);
        restoresAgain();
    }

    @Test
    void readsAgainWhatWasDamagedOnItsWay() {
        rig.objects.faults().damageNextReads(SnapshotReader.READS - 1);
        restoresAgain();
        assertThat(rig.coldStarts("corrupt")).isZero();

        rig.objects.faults().damageNextReads(SnapshotReader.READS);
        assertThat(open().counts.all()).isEmpty();
        assertThat(rig.coldStarts("corrupt")).isOne();
        restoresAgain();
    }

    @Test
    void startsColdWithoutTheSnapshotOfTheCheckpoint() {
        rig.objects.delete(CHANGE);
        Counter cold = open();

        assertThat(cold.counts.all()).isEmpty();
        assertThat(cold.state().position()).isNull();
        assertThat(rig.coldStarts("missing")).isOne();
    }

    @Test
    void startsColdWithoutAnEarlierSnapshotOfTheChain() {
        rig.objects.delete(BASE);

        assertThat(open().counts.all()).isEmpty();
        assertThat(rig.coldStarts("missing")).isOne();
    }

    @Test
    void startsColdWhenTheBaseIsAnotherOneThanTheChangesContinue() {
        rig.overwrite(BASE, rig.object(CHANGE));

        assertThat(open().counts.all()).isEmpty();
        assertThat(rig.coldStarts("corrupt")).isOne();
    }

    @Test
    void startsColdWhenAPartCannotTakeWhatWasWritten() {
        ShardState state = new ShardState(Map.of("counts", new Choking()));
        new StatefulShards("app", rig.objects, rig.meters, start -> holding(state)).open(start());

        assertThat(rig.coldStarts("corrupt")).isOne();
        assertThat(state.bytes()).as("cleared").isZero();
    }

    @Test
    void startsColdWhenAParentLeftNothing() {
        rig.streams.split(STREAM, FIRST);
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        rig.objects.delete("state/app/" + FIRST + "/end");
        double before = rig.coldStarts("missing");
        rig.shards().open(new ShardStart(STREAM, FIRST, HashRange.ALL, null, List.of(FIRST)));

        assertThat(rig.coldStarts("missing")).isEqualTo(before + 1);
    }

    @Test
    void goesOnAfterAColdStartAndRemembersAgain() {
        rig.objects.delete(BASE);
        rig.put("c");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        consumer.crash();
        rig.consumer(2).runUntilIdle();

        assertThat(rig.counted()).isEqualTo(Map.of("c", 1));
        assertThat(rig.keys()).containsExactly("state/app/" + FIRST + "/4-a");
        assertThat(rig.coldStarts("missing")).isOne();
    }

    @Test
    void waitsForAStoreThatIsAway() {
        rig.objects.faults().goAway();
        assertThatThrownBy(this::open).isInstanceOf(TransientFailure.class);
        assertThat(rig.counters.getLast().abandoned).isTrue();

        rig.objects.faults().heal();
        restoresAgain();
        assertThat(rig.coldStarts("corrupt") + rig.coldStarts("missing")).isZero();
    }

    @Test
    void startsAPartEmptyThatOlderSnapshotsLackAndPassesOverOneThatIsGone() {
        Counts added = new Counts();
        ShardState state = new ShardState(Map.of("added", added));
        new StatefulShards("app", rig.objects, rig.meters, start -> holding(state)).open(start());

        assertThat(added.all()).isEmpty();
        assertThat(state.position()).isEqualTo(SequenceNumber.of("3"));
        assertThat(rig.coldStarts("corrupt") + rig.coldStarts("missing")).isZero();
    }

    private void restoresAgain() {
        assertThat(open().counts.all()).isEqualTo(Map.of("a", 2, "b", 1));
    }

    private Counter open() {
        rig.shards().open(start());
        return rig.counters.getLast();
    }

    private static ShardStart start() {
        return new ShardStart(STREAM, FIRST, HashRange.ALL, SequenceNumber.of("3"), List.of());
    }

    private static StatefulHandler holding(ShardState state) {
        return new StatefulHandler() {
            @Override
            public ShardState state() {
                return state;
            }

            @Override
            public AckToken handle(RecordBatch batch) {
                return batch.token();
            }
        };
    }

    /// Takes something over, and then cannot go on.
    private static final class Choking implements StatePart {

        private long bytes;

        @Override
        public void writeAll(DataOutput out) {}

        @Override
        public void read(DataInput in) throws IOException {
            bytes++;
            throw new IllegalStateException("cannot make sense of this");
        }

        @Override
        public void inherit(DataInput in, HashRange range) {}

        @Override
        public void clear() {
            bytes = 0;
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }
}
