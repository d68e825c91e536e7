package dev.sluice.runtime.state;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Gives a state what the snapshots of an application hold. A store that is away is no fault of a
/// snapshot: its failures pass through. Nor is what happens to one read on its way.
final class SnapshotReader {

    /// Reads of an object before it counts as corrupt; a cold start costs far more than they do.
    static final int READS = 3;

    private static final Logger log = LoggerFactory.getLogger(SnapshotReader.class);

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

    /// Restores what belongs to the start of a shard: a snapshot of its checkpoint or, before the
    /// first one, its share of what its parents knew at their end.
    ///
    /// @param stored the snapshots there are of this shard
    /// @return those that were read of this shard, in order
    /// @throws SnapshotUnusable and then the state may hold anything
    List<SnapshotName> restore(ShardState state, ShardStart start, List<SnapshotName> stored)
            throws SnapshotUnusable {
        SequenceNumber checkpoint = start.checkpoint();
        if (checkpoint != null) {
            return restoreCheckpoint(state, start.shard(), checkpoint, stored);
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

    /// Several tasks may have come by the checkpoint, one of them without the lease; what they
    /// remember is the same, so the first that is whole will do.
    private List<SnapshotName> restoreCheckpoint(
            ShardState state, ShardId shard, SequenceNumber checkpoint, List<SnapshotName> stored)
            throws SnapshotUnusable {
        SnapshotKeys keys = new SnapshotKeys(application, shard);
        SnapshotUnusable unusable =
                SnapshotUnusable.missing(objects.uri(keys.prefix() + checkpoint + "-*"));
        for (SnapshotName name : stored) {
            if (name.checkpoint().equals(checkpoint)) {
                try {
                    return read(keys, name, state);
                } catch (SnapshotUnusable e) {
                    state.clear();
                    unusable = e;
                }
            }
        }
        throw unusable;
    }

    private List<SnapshotName> read(SnapshotKeys keys, SnapshotName name, ShardState state)
            throws SnapshotUnusable {
        String key = keys.of(name);
        Snapshot newest = load(key);
        List<SnapshotName> chain = new ArrayList<>();
        for (Snapshot.Link link : newest.chain()) {
            String earlier = keys.of(link.name());
            Snapshot snapshot = load(earlier);
            if (snapshot.checksum() != link.checksum()) {
                throw SnapshotUnusable.exchanged(objects.uri(earlier));
            }
            take(earlier, snapshot, state::read);
            chain.add(link.name());
        }
        take(key, newest, state::read);
        chain.add(name);
        return chain;
    }

    private Snapshot load(String key) throws SnapshotUnusable {
        String uri = objects.uri(key);
        for (int read = 1; ; read++) {
            byte[] object = objects.read(key).orElseThrow(() -> SnapshotUnusable.missing(uri));
            try {
                return Snapshot.read(object);
            } catch (IOException | RuntimeException e) {
                if (read == READS) {
                    throw SnapshotUnusable.corrupt(uri, e);
                }
                log.warn("{} is damaged at read {} of {}: {}", uri, read, READS, e.getMessage());
            }
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
