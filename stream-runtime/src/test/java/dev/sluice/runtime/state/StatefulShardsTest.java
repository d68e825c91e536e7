package dev.sluice.runtime.state;

import static dev.sluice.runtime.state.StateRig.FIRST;
import static dev.sluice.runtime.state.StateRig.STREAM;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.Gauge;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class StatefulShardsTest {

    @Test
    void remembersOverACrash() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b", "a");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        consumer.crash();
        rig.put("b");
        rig.consumer(2).runUntilIdle();

        assertThat(rig.counted()).isEqualTo(Map.of("a", 2, "b", 2));
        assertThat(rig.counters.getFirst().batches).containsExactly(List.of("b"));
        assertThat(rig.coldStarts("missing") + rig.coldStarts("corrupt")).isZero();
    }

    @Test
    void keepsASnapshotBeforeEachCheckpointAndRemovesOldOnesAfterIt() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b", "a");
        rig.log.clear();
        rig.consumer(1).runUntilIdle();

        String object = "s3://bucket/state/app/" + FIRST + "/";
        String checkpoint = "checkpoint texts " + FIRST + " ";
        assertThat(rig.log.lines())
                .containsExactly(
                        "publish " + object + "1-a",
                        checkpoint + "1",
                        "publish " + object + "2-a",
                        checkpoint + "2",
                        "publish " + object + "3-a",
                        checkpoint + "3",
                        "delete " + object + "1-a",
                        "delete " + object + "2-a");
    }

    @Test
    void keepsNothingWhenNothingIsNew() {
        StateRig rig = new StateRig(1);
        rig.put("a");
        MemoryConsumer consumer = rig.consumer(1);
        consumer.runUntilIdle();
        rig.log.clear();
        consumer.tick();
        consumer.tick();
        consumer.close();

        assertThat(rig.log.lines()).isEmpty();
    }

    @Test
    void cutsWhatChildrenInheritToTheirRange() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b", "c", "d", "a");
        rig.streams.split(STREAM, FIRST);
        rig.put("a", "b", "c", "d", "e");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();

        List<Counter> children = rig.counters.subList(1, 3);
        assertThat(children)
                .allSatisfy(
                        child ->
                                assertThat(child.counts.all().keySet())
                                        .isNotEmpty()
                                        .allMatch(t -> contains(child, t)));
        Map<String, Integer> both = new TreeMap<>(children.get(0).counts.all());
        both.putAll(children.get(1).counts.all());
        assertThat(both).isEqualTo(Map.of("a", 3, "b", 2, "c", 2, "d", 2, "e", 1));
        assertThat(rig.coldStarts("missing")).isZero();
    }

    @Test
    void inheritsFromBothParentsOfAMerge() {
        StateRig rig = new StateRig(2);
        rig.put("a", "b", "c", "d");
        rig.streams.merge(STREAM, FIRST, new ShardId("shardId-000000000001"));
        rig.put("a", "b", "c", "d");
        rig.consumer(2).runUntilIdle();

        assertThat(rig.counters.getLast().counts.all())
                .isEqualTo(Map.of("a", 2, "b", 2, "c", 2, "d", 2));
    }

    @Test
    void inheritsAgainWhenAChildDiesBeforeItsFirstCheckpoint() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        rig.streams.split(STREAM, FIRST);
        rig.put("a", "b");
        consumer.holdCheckpoints();
        consumer.runUntilIdle();
        consumer.crash();
        rig.consumer(2).runUntilIdle();

        assertThat(rig.counted()).isEqualTo(Map.of("a", 2, "b", 2));
    }

    @Test
    void givesNothingAgainThatTheStateKnowsAlready() {
        StateRig rig = new StateRig(1);
        rig.late = true;
        rig.put("a", "b", "c", "d");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        assertThat(consumer.checkpoint(FIRST)).hasToString("Optional[2]");
        consumer.crash();
        rig.put("e");
        rig.consumer(2).runUntilIdle();

        assertThat(rig.counters.getFirst().batches).containsExactly(List.of(), List.of("e"));
        assertThat(rig.counted()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1, "d", 1, "e", 1));
    }

    @Test
    void trimsABatchThatTheStateKnowsInPart() {
        StateRig rig = new StateRig(1);
        rig.late = true;
        rig.put("a", "b", "c");
        MemoryConsumer consumer = rig.consumer(1);
        consumer.runUntilIdle();
        consumer.crash();
        rig.put("d");
        rig.consumer(9).runUntilIdle();

        assertThat(rig.counters.getFirst().batches).containsExactly(List.of("d"));
        assertThat(rig.counted()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1, "d", 1));
    }

    @Test
    void removesAtTheStartWhatACrashLeftBehind() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b", "c", "d");
        MemoryConsumer consumer = rig.consumer(1);
        consumer.runUntilIdle();
        rig.overwrite("state/app/" + FIRST + "/2-a", new byte[] {1});
        rig.overwrite("state/app/" + FIRST + "/7-a", new byte[] {1});
        consumer.crash();
        MemoryConsumer next = rig.consumer(1);
        next.runUntilIdle();

        assertThat(rig.snapshots(FIRST)).doesNotContain("2").contains("7");
        rig.put("e", "f", "g", "h");
        next.runUntilIdle();
        assertThat(rig.snapshots(FIRST)).doesNotContain("3", "4").contains("8");
    }

    @Test
    void removesWhatEndedShardsLeftBehindWhenItIsOld() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b");
        List<ShardId> children = rig.streams.split(STREAM, FIRST);
        MemoryConsumer consumer = rig.consumer(1);
        consumer.runUntilIdle();
        assertThat(rig.snapshots(FIRST)).contains("end");
        ShardId merged = rig.streams.merge(STREAM, children.get(0), children.get(1));
        consumer.runUntilIdle();

        rig.now = rig.now.plus(StateRig.KEEP).plus(Duration.ofSeconds(1));
        consumer.loseLease(merged);
        consumer.runUntilIdle();
        assertThat(rig.snapshots(FIRST)).isEmpty();
        assertThat(rig.snapshots(children.get(0))).as("a parent").contains("end");
    }

    @Test
    void showsTheBytesOfAShardForAsLongAsItIsRead() {
        StateRig rig = new StateRig(1);
        rig.put("a", "b");
        MemoryConsumer consumer = rig.consumer(2);
        consumer.runUntilIdle();
        var gauge = rig.meters.find("sluice.state.bytes").tag("shard", FIRST.value());
        assertThat(gauge.gauges()).singleElement().returns(128.0, Gauge::value);
        assertThat(rig.meters.get("sluice.state.snapshot").timer().count()).isOne();
        assertThat(rig.meters.get("sluice.state.snapshot.bytes").summary().max()).isPositive();

        consumer.close();
        assertThat(gauge.gauges()).isEmpty();
        assertThat(rig.log.of(Effect.Checkpoint.class)).hasSize(1);
    }

    private static boolean contains(Counter counter, String text) {
        return counter.start.range().contains(HashKey.of(text));
    }
}
