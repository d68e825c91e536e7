package dev.sluice.loader.archive;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.util.List;
import java.util.stream.Stream;

/// Gives back what was archived.
public final class ArchiveReader {

    private final ObjectStore objects;

    public ArchiveReader(ObjectStore objects) {
        this.objects = objects;
    }

    /// Every archive object below a prefix, such as `raw/dt=2026-11-21/`. Close the stream.
    public Stream<ObjectSummary> list(String prefix) {
        return objects.list(prefix);
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
