package dev.sluice.cli;

import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchiveSidecar;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.loader.archive.FrameNote;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is in the archive, added up.
final class ArchiveContents {

    /// What a line of the list is about.
    enum By {
        DAY(key -> key.hour().toString().substring(0, 10), _ -> ""),
        HOUR(key -> key.hour().toString(), _ -> ""),
        SHARD(key -> key.hour().toString(), key -> key.shard().value()),
        OBJECT(key -> key.hour().toString(), ArchiveKey::toString);

        private final Function<ArchiveKey, String> time;
        private final Function<ArchiveKey, String> name;

        By(Function<ArchiveKey, String> time, Function<ArchiveKey, String> name) {
            this.time = time;
            this.name = name;
        }
    }

    private record Group(String time, String name, String range) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byTime = time.compareTo(other.time);
            int byName = byTime != 0 ? byTime : name.compareTo(other.name);
            return byName != 0 ? byName : range.compareTo(other.range);
        }
    }

    private record Sum(long objects, long frames, long unreadable, long events, long bytes) {
        Sum plus(Sum other) {
            return new Sum(
                    objects + other.objects,
                    frames + other.frames,
                    unreadable + other.unreadable,
                    events + other.events,
                    bytes + other.bytes);
        }
    }

    private final ArchiveReader archive;
    private final By by;
    private final Map<Group, Sum> sums = new TreeMap<>();

    ArchiveContents(ArchiveReader archive, By by) {
        this.archive = archive;
        this.by = by;
    }

    /// Adds an hour's objects.
    void add(Instant hour, ArchiveHours wanted) {
        try (Stream<ObjectSummary> listed = archive.list(ArchiveKey.prefix(hour))) {
            listed.forEach(
                    object -> {
                        ArchiveKey key = ArchiveKey.parse(object.key());
                        if (wanted.wants(key.shard().value())) {
                            sums.merge(group(key), sum(key, object.size()), Sum::plus);
                        }
                    });
        }
    }

    TableFormat.Rows rows() {
        return new TableFormat.Rows(
                List.of(
                        by == By.DAY ? "day" : "hour",
                        by == By.OBJECT ? "object" : "shard",
                        "hash_range",
                        "objects",
                        "frames",
                        "unreadable",
                        "events",
                        "bytes"),
                sums.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static List<@Nullable Object> row(Group group, Sum sum) {
        return List.of(
                group.time(),
                group.name(),
                group.range(),
                sum.objects(),
                sum.frames(),
                sum.unreadable(),
                sum.events(),
                sum.bytes());
    }

    private Group group(ArchiveKey key) {
        HashRange range = key.range();
        String text = "";
        if (by.ordinal() >= By.SHARD.ordinal() && range != null) {
            text = "%016x-%016x".formatted(range.first().high(), range.last().high());
        }
        return new Group(by.time.apply(key), by.name.apply(key), text);
    }

    /// Of an object without a sidecar its frames say how many events they claim.
    private Sum sum(ArchiveKey key, long bytes) {
        Optional<ArchiveSidecar> sidecar = archive.sidecar(key);
        if (sidecar.isPresent()) {
            List<FrameNote> frames = sidecar.get().frames();
            long unreadable = frames.stream().filter(frame -> !frame.readable()).count();
            return new Sum(1, frames.size(), unreadable, sidecar.get().events(), bytes);
        }
        List<ArchivedFrame> frames = archive.read(key.toString());
        long events = frames.stream().mapToLong(ArchivedFrame::claimedEvents).sum();
        return new Sum(1, frames.size(), 0, events, bytes);
    }
}
