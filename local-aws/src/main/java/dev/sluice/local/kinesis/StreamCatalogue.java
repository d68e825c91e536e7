package dev.sluice.local.kinesis;

import dev.sluice.local.host.FolderLock;
import dev.sluice.local.host.FolderTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The streams of a data directory, one sub-directory each, held by one server at a time.
final class StreamCatalogue implements AutoCloseable {

    private static final String STREAM = "stream=";

    private final Path directory;
    private final long segmentBytes;
    private final FolderLock lock;
    private final NavigableMap<String, KinesisStream> streams = new ConcurrentSkipListMap<>();

    private StreamCatalogue(Path directory, long segmentBytes, FolderLock lock) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.lock = lock;
    }

    /// @throws IllegalStateException when another server uses the directory
    static StreamCatalogue open(Path directory, long segmentBytes) {
        StreamCatalogue catalogue =
                new StreamCatalogue(directory, segmentBytes, FolderLock.take(directory));
        try {
            for (Path child : Directories.children(directory)) {
                catalogue.load(child);
            }
            return catalogue;
        } catch (IOException e) {
            catalogue.close();
            throw new UncheckedIOException("cannot open the data directory " + directory, e);
        } catch (RuntimeException e) {
            catalogue.close();
            throw e;
        }
    }

    private void load(Path child) throws IOException {
        String name = child.getFileName().toString();
        if (name.startsWith(Directories.DOOMED)) {
            FolderTree.delete(child);
        } else if (name.startsWith(STREAM)) {
            if (new ManifestFile(child).exists()) {
                KinesisStream stream = KinesisStream.open(child, segmentBytes);
                streams.put(stream.name(), stream);
            } else {
                FolderTree.delete(child);
            }
        }
    }

    /// @throws KinesisError when the name is taken or there is no such stream
    synchronized KinesisStream create(StreamManifest manifest) {
        if (streams.containsKey(manifest.name())) {
            throw KinesisError.inUse("Stream " + manifest.name() + " already exists.");
        }
        KinesisStream stream =
                KinesisStream.create(
                        directory.resolve(STREAM + manifest.name()), manifest, segmentBytes);
        streams.put(manifest.name(), stream);
        return stream;
    }

    synchronized void delete(KinesisStream stream) {
        streams.remove(stream.name(), stream);
        stream.delete();
    }

    Optional<KinesisStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /// All streams by name.
    Collection<KinesisStream> all() {
        return streams.values();
    }

    int openShards() {
        return streams.values().stream().mapToInt(s -> s.shards().open().size()).sum();
    }

    @Override
    public synchronized void close() {
        streams.values().forEach(KinesisStream::close);
        lock.close();
    }
}
