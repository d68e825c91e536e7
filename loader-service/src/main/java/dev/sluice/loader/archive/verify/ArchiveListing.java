package dev.sluice.loader.archive.verify;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ShardEnd;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Names of what the archive has in some hours, and as far back as somebody asks.
final class ArchiveListing {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofDays(1);

    private final ObjectStore objects;
    private final Map<ShardId, List<ArchiveKey>> byShard = new HashMap<>();
    private final Map<ShardId, ShardEnd> ends = new HashMap<>();
    private final Set<String> others = new HashSet<>();
    private final @Nullable Instant oldest;
    private Instant from;

    /// @param to after the last hour begins
    ArchiveListing(ObjectStore objects, Instant from, Instant to) {
        this.objects = objects;
        this.from = from.truncatedTo(ChronoUnit.HOURS);
        this.oldest = oldest(objects);
        list(this.from, to);
    }

    /// The hour of the oldest object there is; null if there is none.
    @Nullable Instant oldest() {
        return oldest;
    }

    /// Of these hours, shard after shard, each in the order of its frames.
    List<ArchiveKey> between(Instant first, Instant end) {
        return byShard.values().stream()
                .flatMap(List::stream)
                .filter(key -> !key.hour().isBefore(first) && key.hour().isBefore(end))
                .sorted(ArchiveKey.ORDER)
                .toList();
    }

    List<ArchiveKey> of(ShardId shard) {
        return byShard.getOrDefault(shard, List.of());
    }

    /// The sidecars of no object.
    long orphans() {
        Set<String> sidecars = new HashSet<>();
        byShard.values().forEach(keys -> keys.forEach(key -> sidecars.add(key.sidecar())));
        return others.stream().filter(name -> !sidecars.contains(name)).count();
    }

    /// Whether an object holds the frame, in these hours or before.
    boolean covers(ShardId shard, SequenceNumber frame) {
        do {
            if (of(shard).stream().anyMatch(key -> key.covers(frame))) {
                return true;
            }
        } while (lookFurtherBack());
        return false;
    }

    /// The noted end of a shard, in these hours or before.
    Optional<ShardEnd> end(ShardId shard) {
        do {
            ShardEnd end = ends.get(shard);
            if (end != null) {
                return Optional.of(end);
            }
        } while (lookFurtherBack());
        return Optional.empty();
    }

    /// Ends that are noted in the hours read so far.
    List<ShardEnd> ends() {
        return List.copyOf(ends.values());
    }

    private boolean lookFurtherBack() {
        Instant first = oldest;
        if (first == null || !first.isBefore(from)) {
            return false;
        }
        Instant until = from;
        from = from.minus(STEP);
        list(from, until);
        return true;
    }

    /// The latest hour first: what an object follows was there before it, so it is seen.
    private void list(Instant first, Instant end) {
        long hours = Duration.between(first, end.plus(HOUR).minusNanos(1)).toHours();
        for (long ago = hours - 1; ago >= 0; ago--) {
            Instant hour = first.plus(HOUR.multipliedBy(ago));
            try (Stream<ObjectSummary> listed = objects.list(ArchiveKey.prefix(hour))) {
                listed.forEach(object -> add(object.key()));
            }
        }
    }

    private void add(String name) {
        Optional<ArchiveKey> key = ArchiveKey.find(name);
        Optional<ShardEnd> end = ShardEnd.find(name);
        if (key.isPresent()) {
            byShard.computeIfAbsent(key.get().shard(), _ -> new ArrayList<>()).add(key.get());
        } else if (end.isPresent()) {
            ends.put(end.get().shard(), end.get());
        } else {
            others.add(name);
        }
    }

    /// Names sort by day and hour.
    private static @Nullable Instant oldest(ObjectStore objects) {
        try (Stream<ObjectSummary> all = objects.list(ArchiveKey.PREFIX)) {
            return all.flatMap(object -> ArchiveKey.find(object.key()).stream())
                    .findFirst()
                    .map(ArchiveKey::hour)
                    .orElse(null);
        }
    }
}
