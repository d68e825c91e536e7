package dev.sluice.runtime.state;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.state.Snapshot.Link;
import dev.sluice.runtime.stream.SequenceNumber;

import io.micrometer.core.instrument.Timer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The snapshots of one shard under one lease: a base, then changes on top of it, until those
/// outweigh it or are many. Every lease begins with a base.
///
/// Removes only what lies before a checkpoint that was written: whoever owns the shard then or
/// later starts there or after it, so even a task that lost its lease takes nothing from anybody.
final class ShardSnapshots {

    private static final int MOST_CHANGES = 60;

    private final SnapshotKeys keys;
    private final String lease;
    private final ObjectStore objects;
    private final ShardState state;
    private final StateMetrics metrics;

    private final List<Link> chain = new ArrayList<>();
    private final Set<SnapshotName> stored = new HashSet<>();
    private long baseBytes;
    private long changeBytes;
    private @Nullable SnapshotName newest;

    /// @param lease as {@link SnapshotName} has it
    ShardSnapshots(
            SnapshotKeys keys,
            String lease,
            ObjectStore objects,
            ShardState state,
            StateMetrics metrics) {
        this.keys = keys;
        this.lease = lease;
        this.objects = objects;
        this.state = state;
        this.metrics = metrics;
    }

    /// Notes what lies in the store already.
    void found(Collection<SnapshotName> names) {
        stored.addAll(names);
    }

    /// Makes the state durable under the name of a checkpoint. Does nothing when it is already.
    ///
    /// @throws IllegalStateException if the state does not reach the checkpoint: its handler has
    ///     acknowledged what it does not remember
    void write(SequenceNumber checkpoint) {
        SnapshotName name = new SnapshotName(checkpoint, lease);
        if (name.equals(newest)) {
            return;
        }
        if (!state.reaches(checkpoint)) {
            throw new IllegalStateException(
                    "the state of %s is at %s, behind checkpoint %s"
                            .formatted(keys.prefix(), state.position(), checkpoint));
        }
        // Known before it is there: its answer may be lost.
        stored.add(name);
        if (needsBase()) {
            Stored base = put(keys.of(name), List.of(), state::writeAll);
            chain.clear();
            baseBytes = base.bytes();
            changeBytes = 0;
            keep(new Link(name, base.checksum()));
        } else {
            Stored change = put(keys.of(name), chain, state::writeChanges);
            changeBytes += change.bytes();
            keep(new Link(name, change.checksum()));
        }
    }

    /// Makes durable what the children will know.
    void writeEnd() {
        put(keys.end(), List.of(), state::writeAll);
    }

    /// Removes what lies before a checkpoint that was written and is no part of its snapshot.
    ///
    /// @param needed the snapshots that make up that of the checkpoint
    void removeBefore(SequenceNumber checkpoint, Collection<SnapshotName> needed) {
        for (SnapshotName earlier : List.copyOf(stored)) {
            if (earlier.checkpoint().compareTo(checkpoint) < 0 && !needed.contains(earlier)) {
                objects.delete(keys.of(earlier));
                stored.remove(earlier);
            }
        }
    }

    /// Removes what no longer serves after a checkpoint was written.
    void checkpointed(SequenceNumber checkpoint) {
        if (newest != null && checkpoint.equals(newest.checkpoint())) {
            removeBefore(checkpoint, chain.stream().map(Link::name).toList());
        }
    }

    private boolean needsBase() {
        return chain.isEmpty() || changeBytes >= baseBytes || chain.size() > MOST_CHANGES;
    }

    private void keep(Link link) {
        chain.add(link);
        newest = link.name();
        state.kept();
    }

    private record Stored(int checksum, long bytes) {}

    private Stored put(String key, List<Link> after, Snapshot.Content content) {
        Timer.Sample started = metrics.start();
        try (PendingObject object = objects.begin(key)) {
            int checksum = Snapshot.write(after, content, object.content());
            long bytes = object.publish().size();
            metrics.written(started, bytes);
            return new Stored(checksum, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("snapshot " + objects.uri(key), e);
        }
    }
}
