package dev.sluice.local.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The streams of a data directory, one sub-directory each, held by one server at a time.
final class StreamCatalogue implements AutoCloseable {

    private static final String STREAM = "stream=";

    private final Path directory;
    private final long segmentBytes;
    private final FileChannel lockFile;
    private final SortedMap<String, KinesisStream> streams = new ConcurrentSkipListMap<>();

    private StreamCatalogue(Path directory, long segmentBytes, FileChannel lockFile) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.lockFile = lockFile;
    }

    /// @throws IllegalStateException when another server uses the directory
    static StreamCatalogue open(Path directory, long segmentBytes) {
        try {
            Files.createDirectories(directory);
            StreamCatalogue catalogue =
                    new StreamCatalogue(directory, segmentBytes, lock(directory));
            try {
                for (Path child : Directories.children(directory)) {
                    catalogue.load(child);
                }
                return catalogue;
            } catch (IOException | RuntimeException e) {
                catalogue.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the data directory " + directory, e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("LOCK"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // this process has it: the same refusal
        }
        channel.close();
        throw new IllegalStateException("another server uses the data directory " + directory);
    }

    private void load(Path child) throws IOException {
        String name = child.getFileName().toString();
        if (name.startsWith(Directories.DOOMED)) {
            Directories.deleteTree(child);
        } else if (name.startsWith(STREAM)) {
            if (new ManifestFile(child).exists()) {
                KinesisStream stream = KinesisStream.open(child, segmentBytes);
                streams.put(stream.name(), stream);
            } else {
                Directories.deleteTree(child);
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
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data directory " + directory, e);
        }
    }
}
