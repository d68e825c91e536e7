package dev.sluice.runtime.objects;

import dev.sluice.runtime.failure.TransientFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects by key in one bucket. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the store cannot be reached or is overloaded,
/// and {@link dev.sluice.runtime.failure.SetupFailure} when bucket or permission is missing.
public interface ObjectStore {

    /// Starts an object that nobody can see until it is published. An object of the same key is
    /// replaced then, so a deterministic key makes writing idempotent.
    PendingObject begin(String key);

    /// Writes an object of these bytes; nobody sees a part of it.
    default void write(String key, byte[] content) {
        try (PendingObject object = begin(key)) {
            object.content().write(content);
            object.publish();
        } catch (IOException e) {
            throw new TransientFailure("cannot write " + uri(key), e);
        }
    }

    /// The whole object; empty if there is none.
    Optional<byte[]> read(String key);

    /// Writes the whole object into a new file, without holding it in memory.
    ///
    /// @param file must not be there; it is not if this throws, or if there is no such object
    /// @return whether there is such an object
    default boolean download(String key, Path file) {
        Optional<byte[]> content = read(key);
        try {
            if (content.isPresent()) {
                Files.write(file, content.get(), StandardOpenOption.CREATE_NEW);
            }
            return content.isPresent();
        } catch (IOException e) {
            throw new TransientFailure("cannot write " + uri(key) + " to " + file, e);
        }
    }

    /// Every object whose key starts with the prefix, in the order of the keys' UTF-8 bytes. Close
    /// the stream.
    Stream<ObjectSummary> list(String prefix);

    /// Removes the object if it is there.
    void delete(String key);

    /// Where the object is or would be, as other systems name it: `s3://bucket/key`.
    String uri(String key);
}
