package dev.sluice.loader.archive;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Gives back what was archived.
///
/// Objects may overlap: after a crash the archiver reads frames again and cuts them at other
/// places. [#frames] gives each frame once; whoever reads objects one by one sees to that himself.
public final class ArchiveReader {

    private final ObjectStore objects;

    public ArchiveReader(ObjectStore objects) {
        this.objects = objects;
    }

    /// Every archive object below a prefix, such as `raw/dt=2026-11-21/`. Close the stream.
    public Stream<ObjectSummary> list(String prefix) {
        return objects.list(prefix);
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
        List<ArchiveKey> keys;
        try (Stream<ObjectSummary> objects = list(prefix)) {
            keys = objects.map(object -> ArchiveKey.parse(object.key())).toList();
        }
        List<Part> parts = new ArrayList<>();
        ArchiveKey before = null;
        for (ArchiveKey key : keys.stream().sorted(ArchiveKey.ORDER).toList()) {
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
        byte[] object =
                objects.read(key)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no archive object " + objects.uri(key)));
        try {
            return ArchiveObject.read(object);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(objects.uri(key) + ": " + e.getMessage(), e);
        }
    }
}
