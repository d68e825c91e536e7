package dev.sluice.runtime.state;

import static dev.sluice.runtime.state.StateRig.FIRST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardStart;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Bases and changes of one shard, and what becomes of them when the store fails.
class ShardSnapshotsTest {

    private final StateRig rig = new StateRig(1);
    private final Counts counts = new Counts();
    private final ShardState state = new ShardState(Map.of("counts", counts));
    private final ShardSnapshots snapshots =
            new ShardSnapshots(
                    new SnapshotKeys("app", FIRST),
                    StateRig.LEASE,
                    rig.objects,
                    state,
                    new StateMetrics(rig.meters, "app"));

    @Test
    void goesOnFromTheLastDurableOneAfterAFailedUpload() {
        readMany(1);
        snapshots.write(at(1));
        read("x", 2);
        rig.objects.faults().throwOnNextPublish(new TransientFailure("away"));
        assertThatThrownBy(() -> snapshots.write(at(2))).isInstanceOf(TransientFailure.class);
        read("y", 3);
        snapshots.write(at(3));

        assertThat(restored(3)).isEqualTo(counts.all()).containsEntry("x", 1);
        assertThat(rig.snapshots(FIRST)).containsExactly("1", "3");
    }

    @Test
    void writesTheSameCheckpointAgainAfterALostAnswer() {
        readMany(1);
        snapshots.write(at(1));
        read("x", 2);
        rig.objects.faults().loseNextAnswer();
        assertThatThrownBy(() -> snapshots.write(at(2))).isInstanceOf(TransientFailure.class);
        snapshots.write(at(2));

        assertThat(restored(2)).isEqualTo(counts.all());
    }

    @Test
    void removesASnapshotWhoseAnswerWasLostOnceALaterOneIsCheckpointed() {
        readMany(1);
        snapshots.write(at(1));
        read("x", 2);
        rig.objects.faults().loseNextAnswer();
        assertThatThrownBy(() -> snapshots.write(at(2))).isInstanceOf(TransientFailure.class);
        read("y", 3);
        snapshots.write(at(3));
        assertThat(rig.snapshots(FIRST)).containsExactly("1", "2", "3");
        snapshots.checkpointed(at(3));

        assertThat(rig.snapshots(FIRST)).containsExactly("1", "3");
        assertThat(restored(3)).isEqualTo(counts.all());
    }

    @Test
    void writesABaseAgainWhenTheChangesOutweighIt() {
        readMany(1);
        snapshots.write(at(1));
        readMany(2);
        snapshots.write(at(2));
        snapshots.checkpointed(at(2));
        assertThat(rig.snapshots(FIRST)).containsExactly("1", "2");
        read("x", 3);
        snapshots.write(at(3));
        snapshots.checkpointed(at(3));

        assertThat(rig.snapshots(FIRST)).containsExactly("3");
        assertThat(restored(3)).isEqualTo(counts.all());
    }

    @Test
    void writesABaseAgainAfterSixtyChanges() {
        IntStream.range(0, 4000).forEach(i -> read("text-" + i, 1));
        snapshots.write(at(1));
        for (int i = 2; i <= 61; i++) {
            read("x", i);
            snapshots.write(at(i));
            snapshots.checkpointed(at(i));
        }
        assertThat(rig.snapshots(FIRST)).hasSize(61);
        assertThat(restored(61)).isEqualTo(counts.all());
        read("x", 62);
        snapshots.write(at(62));
        snapshots.checkpointed(at(62));

        assertThat(rig.snapshots(FIRST)).containsExactly("62");
        assertThat(restored(62)).isEqualTo(counts.all());
    }

    @Test
    void removesNothingForACheckpointThatWasNotWritten() {
        readMany(1);
        snapshots.write(at(1));
        readMany(2);
        snapshots.write(at(2));
        readMany(3);
        snapshots.write(at(3));

        assertThat(rig.snapshots(FIRST)).containsExactly("1", "2", "3");
        snapshots.checkpointed(at(2));
        assertThat(rig.snapshots(FIRST)).containsExactly("1", "2", "3");
    }

    @Test
    void removesNothingOfAnOwnerThatWentFurther() {
        snapshots.found(List.of(new SnapshotName(at(9), "b")));
        readMany(1);
        snapshots.write(at(1));
        rig.overwrite("state/app/" + FIRST + "/9-b", new byte[1]);
        snapshots.checkpointed(at(1));

        assertThat(rig.snapshots(FIRST)).containsExactly("1", "9-b");
    }

    /// A task that lost its lease long ago comes by the checkpoint of the new owner, and leaves
    /// there what continues snapshots that are gone.
    @Test
    void survivesAFormerOwnerThatComesByTheSameCheckpoint() {
        ShardSnapshots former =
                new ShardSnapshots(
                        new SnapshotKeys("app", FIRST),
                        "0",
                        rig.objects,
                        state,
                        new StateMetrics(rig.meters, "app"));
        readMany(1);
        former.write(at(1));
        read("x", 2);
        snapshots.write(at(2));
        former.write(at(2));
        rig.objects.delete("state/app/" + FIRST + "/1-0");

        Counter restored = counter(2);
        assertThat(restore(restored, "0", StateRig.LEASE)).containsExactly("2-a");
        assertThat(restored.counts.all()).isEqualTo(counts.all());
    }

    @Test
    void writesNoSnapshotThatDoesNotReachItsCheckpoint() {
        readMany(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> snapshots.write(at(2)))
                .withMessageContaining("behind checkpoint 2");
        assertThat(rig.keys()).isEmpty();
    }

    private void readMany(int upTo) {
        IntStream.range(0, 400).forEach(i -> read("text-" + i, upTo));
    }

    private void read(String text, int upTo) {
        counts.add(text);
        state.advance(at(upTo));
    }

    private Map<String, Integer> restored(int checkpoint) {
        Counter counter = counter(checkpoint);
        restore(counter, StateRig.LEASE);
        return counter.counts.all();
    }

    private static Counter counter(int checkpoint) {
        return new Counter(
                new ShardStart(StateRig.STREAM, FIRST, HashRange.ALL, at(checkpoint), List.of()),
                false);
    }

    /// Restores from the snapshots that these leases left at the counter's checkpoint.
    private List<String> restore(Counter counter, String... leases) {
        SequenceNumber checkpoint = Objects.requireNonNull(counter.start.checkpoint());
        List<SnapshotName> stored =
                Stream.of(leases).map(lease -> new SnapshotName(checkpoint, lease)).toList();
        try {
            return new SnapshotReader("app", rig.objects)
                    .restore(counter.state(), counter.start, stored).stream()
                            .map(SnapshotName::toString)
                            .toList();
        } catch (SnapshotUnusable e) {
            throw new AssertionError(e);
        }
    }

    private static SequenceNumber at(int sequence) {
        return SequenceNumber.of(String.valueOf(sequence));
    }
}
