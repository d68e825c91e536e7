package dev.sluice.runtime.state;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Gives a state what the snapshots of an application hold. A store that is away is no fault of a
/// snapshot: its failures pass through.
final class SnapshotReader {

    @FunctionalInterface
    private interface Taking {
        void take(DataInputStream content) throws IOException;
    }

    private final String application;
    private final ObjectStore objects;

    SnapshotReader(String application, ObjectStore objects) {
        this.application = application;
        this.objects = objects;
    }

    /// Restores what belongs to the start of a shard: the snapshot of its checkpoint or, before the
    /// first one, its share of what its parents knew at their end.
    ///
    /// @return the checkpoints whose snapshots were read of this shard, in order
    /// @throws SnapshotUnusable and then the state may hold anything
    List<SequenceNumber> restore(ShardState state, ShardStart start) throws SnapshotUnusable {
        SequenceNumber checkpoint = start.checkpoint();
        if (checkpoint != null) {
            SnapshotKeys keys = new SnapshotKeys(application, start.shard());
            return read(keys, keys.at(checkpoint), checkpoint, state);
        }
        List<ShardId> parents =
                start.parents().stream()
                        .sorted((one, other) -> one.value().compareTo(other.value()))
                        .toList();
        for (ShardId parent : parents) {
            String key = new SnapshotKeys(application, parent).end();
            take(key, load(key), content -> state.inherit(content, start.range()));
        }
        return List.of();
    }

    private List<SequenceNumber> read(
            SnapshotKeys keys, String key, SequenceNumber checkpoint, ShardState state)
            throws SnapshotUnusable {
        Snapshot newest = load(key);
        List<SequenceNumber> chain = new ArrayList<>();
        for (Snapshot.Link link : newest.chain()) {
            String earlier = keys.at(link.sequence());
            Snapshot snapshot = load(earlier);
            if (snapshot.checksum() != link.checksum()) {
                throw SnapshotUnusable.exchanged(objects.uri(earlier));
            }
            take(earlier, snapshot, state::read);
            chain.add(link.sequence());
        }
        take(key, newest, state::read);
        chain.add(checkpoint);
        return chain;
    }

    private Snapshot load(String key) throws SnapshotUnusable {
        byte[] object =
                objects.read(key).orElseThrow(() -> SnapshotUnusable.missing(objects.uri(key)));
        try {
            return Snapshot.read(object);
        } catch (IOException | RuntimeException e) {
            throw SnapshotUnusable.corrupt(objects.uri(key), e);
        }
    }

    /// A part may choke on what it is given in any way it likes.
    private void take(String key, Snapshot snapshot, Taking taking) throws SnapshotUnusable {
        try {
            taking.take(snapshot.content());
        } catch (IOException | RuntimeException e) {
            throw SnapshotUnusable.corrupt(objects.uri(key), e);
        }
    }
}
