package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Gives back what was archived.
///
/// Objects may overlap: after a crash the archiver reads frames again and cuts them at other
/// places. [#frames] gives each frame once; whoever reads objects one by one sees to that himself.
public final class ArchiveReader {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ObjectStore objects;

    public ArchiveReader(ObjectStore objects) {
        this.objects = objects;
    }

    /// Every archive object below a prefix, such as `raw/dt=2026-11-21/`. Close the stream.
    public Stream<ObjectSummary> list(String prefix) {
        return objects.list(prefix).filter(object -> ArchiveKey.find(object.key()).isPresent());
    }

    /// What the archive has of each shard in each of these hours, the hours in order.
    ///
    /// @param from in the first hour
    /// @param to after the last one begins
    public List<ShardHour> hours(Instant from, Instant to) {
        List<ShardHour> found = new ArrayList<>();
        for (Instant hour = hour(from); hour.isBefore(to); hour = hour.plus(HOUR)) {
            found.addAll(hour(ArchiveKey.prefix(hour)));
        }
        return found;
    }

    /// Every frame of a shard's hour once, in the order in which they were received.
    ///
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    public Stream<ArchivedFrame> frames(ShardHour of) {
        return frames(ArchiveKey.prefix(of.hour()), key -> key.shard().equals(of.shard()));
    }

    /// As [#frames(ShardHour)], without reading objects that hold none of these keys. The rest is
    /// given whole.
    ///
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    public Stream<ArchivedFrame> frames(ShardHour of, HashRange keys) {
        return frames(
                ArchiveKey.prefix(of.hour()),
                key -> key.shard().equals(of.shard()) && key.mayHold(keys));
    }

    /// Every frame that arrived in this time once, hour after hour, in each hour shard after
    /// shard, those of a shard in the order in which they were received.
    ///
    /// @param from the earliest arrival
    /// @param to arrivals are before it
    /// @param shards asked of each object's name; those that it does not want are not read
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    public Stream<ArchivedFrame> frames(Instant from, Instant to, Predicate<ArchiveKey> shards) {
        return Stream.iterate(hour(from), hour -> hour.isBefore(to), hour -> hour.plus(HOUR))
                .flatMap(hour -> frames(ArchiveKey.prefix(hour), shards))
                .filter(
                        frame ->
                                !frame.arrivedAt().isBefore(from)
                                        && frame.arrivedAt().isBefore(to));
    }

    /// Every frame below a prefix once, shard after shard, those of a shard in the order in which
    /// they were received. Reads one object at a time, and none of which it has every frame.
    ///
    /// An object holds every frame of its shard between its first and its last. So, in the order
    /// of the objects' first frames, a frame that is not beyond the last one given was given.
    ///
    /// @param prefix of whole hours, such as `raw/dt=2026-11-21/`
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    public Stream<ArchivedFrame> frames(String prefix) {
        return frames(prefix, _ -> true);
    }

    private Stream<ArchivedFrame> frames(String prefix, Predicate<ArchiveKey> shards) {
        List<Part> parts = new ArrayList<>();
        ArchiveKey before = null;
        for (ArchiveKey key :
                keys(prefix).stream().filter(shards).sorted(ArchiveKey.ORDER).toList()) {
            if (before == null || !before.shard().equals(key.shard())) {
                parts.add(new Part(key, null));
                before = key;
            } else if (key.last().compareTo(before.last()) > 0) {
                parts.add(new Part(key, before.last()));
                before = key;
            }
        }
        return parts.stream().flatMap(this::frames);
    }

    /// An object, and up to where its shard's frames lie in the one before.
    private record Part(ArchiveKey key, @Nullable SequenceNumber given) {}

    private Stream<ArchivedFrame> frames(Part part) {
        SequenceNumber given = part.given();
        return read(part.key().toString()).stream()
                .filter(frame -> given == null || frame.sequence().compareTo(given) > 0);
    }

    /// The frames of one object, in the order in which they were received.
    ///
    /// @throws IllegalArgumentException if there is no such object or it is damaged; the message
    ///     names it
    public List<ArchivedFrame> read(String key) {
        return object(key).frames();
    }

    /// What stands beside an object; empty for objects from before there were sidecars.
    ///
    /// @throws IllegalArgumentException if it is damaged; the message names it
    public Optional<ArchiveSidecar> sidecar(ArchiveKey key) {
        return objects.read(key.sidecar())
                .map(bytes -> named(key.sidecar(), () -> SidecarCodec.read(bytes)));
    }

    /// The objects that hold something of these subjects, or may; reads sidecars only.
    ///
    /// @param prefix such as `raw/dt=2026-11-21/`, or `raw/` for all there is
    /// @param hashes of all keys under which their events were sent; objects that hold none of them
    ///     are passed over by their names. None to look at every object
    public List<SubjectMatch> holding(
            String prefix, Set<SubjectKey> subjects, Set<HashKey> hashes) {
        return keys(prefix).stream()
                .filter(key -> hashes.isEmpty() || hashes.stream().anyMatch(key::mayHold))
                .map(key -> match(key, subjects))
                .filter(match -> !match.certain() || !match.frames().isEmpty())
                .toList();
    }

    /// One object with what it follows.
    ///
    /// @throws IllegalArgumentException if there is no such object or it is damaged; the message
    ///     names it
    public ArchiveObject object(String key) {
        byte[] object =
                objects.read(key)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no archive object " + objects.uri(key)));
        return named(key, () -> ArchiveObject.read(object));
    }

    private List<ArchiveKey> keys(String prefix) {
        try (Stream<ObjectSummary> listed = objects.list(prefix)) {
            return listed.flatMap(object -> ArchiveKey.find(object.key()).stream()).toList();
        }
    }

    private SubjectMatch match(ArchiveKey key, Set<SubjectKey> subjects) {
        ArchiveSidecar sidecar = sidecar(key).orElse(null);
        if (sidecar == null) {
            return new SubjectMatch(key, List.of(), false);
        }
        Set<Integer> frames = new TreeSet<>();
        subjects.forEach(subject -> frames.addAll(sidecar.framesOf(subject)));
        return new SubjectMatch(key, List.copyOf(frames), !sidecar.hasUnreadable());
    }

    private List<ShardHour> hour(String prefix) {
        Map<String, ShardHour> shards = new LinkedHashMap<>();
        try (Stream<ObjectSummary> listed = objects.list(prefix)) {
            listed.forEach(
                    object ->
                            ArchiveKey.find(object.key())
                                    .ifPresent(
                                            key ->
                                                    shards.merge(
                                                            key.shard().value(),
                                                            new ShardHour(
                                                                    key.hour(),
                                                                    key.shard(),
                                                                    key.range(),
                                                                    1,
                                                                    object.size()),
                                                            ArchiveReader::plus)));
        }
        return shards.values().stream()
                .sorted(Comparator.comparing(found -> found.shard().value()))
                .toList();
    }

    private static ShardHour plus(ShardHour one, ShardHour other) {
        return new ShardHour(
                one.hour(),
                one.shard(),
                one.range() == null ? other.range() : one.range(),
                one.objects() + other.objects(),
                one.bytes() + other.bytes());
    }

    private static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    private <T> T named(String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(objects.uri(key) + ": " + e.getMessage(), e);
        }
    }
}
