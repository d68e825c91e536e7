package dev.sluice.runtime.state;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What shards that ended long ago left behind. Their children have begun since, and inherit no
/// more.
final class EndedShards {

    private final String application;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final Duration kept;

    /// @param kept how long after its end the snapshots of a shard stay
    EndedShards(String application, ObjectStore objects, InstantSource clock, Duration kept) {
        this.application = application;
        this.objects = objects;
        this.clock = clock;
        this.kept = kept;
    }

    /// Removes every snapshot of shards that ended long ago; spares a shard that starts now, and
    /// its parents.
    ///
    /// @param listing of the whole application
    void sweep(List<ObjectSummary> listing, ShardStart start) {
        Instant limit = clock.instant().minus(kept);
        Set<String> spared = new HashSet<>();
        spared.add(new SnapshotKeys(application, start.shard()).prefix());
        for (ShardId parent : start.parents()) {
            spared.add(new SnapshotKeys(application, parent).prefix());
        }
        listing.stream()
                .filter(object -> SnapshotKeys.isEnd(object.key()))
                .filter(object -> object.modifiedAt().isBefore(limit))
                .map(end -> end.key().substring(0, end.key().lastIndexOf('/') + 1))
                .filter(prefix -> !spared.contains(prefix))
                .forEach(prefix -> remove(listing, prefix));
    }

    List<ObjectSummary> list() {
        try (Stream<ObjectSummary> all = objects.list(SnapshotKeys.prefix(application))) {
            return all.toList();
        }
    }

    /// The end goes last, so that a sweep that breaks off is taken up by the next one.
    private void remove(List<ObjectSummary> listing, String prefix) {
        List<String> keys =
                listing.stream()
                        .map(ObjectSummary::key)
                        .filter(key -> key.startsWith(prefix))
                        .toList();
        keys.stream().filter(key -> !SnapshotKeys.isEnd(key)).forEach(objects::delete);
        keys.stream().filter(SnapshotKeys::isEnd).forEach(objects::delete);
    }
}
