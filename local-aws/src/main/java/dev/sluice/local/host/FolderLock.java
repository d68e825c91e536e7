package dev.sluice.local.host;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds a data folder for one server at a time: two on the same folder would damage each other's
/// files. The operating system releases it when the process dies, however it dies.
public final class FolderLock implements AutoCloseable {
    private static final String LOCK_FILE = "in-use";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Creates the folder when it is missing, and takes it.
    ///
    /// @throws IllegalStateException when another server holds the folder
    /// @throws UncheckedIOException when the folder cannot be created or written
    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel =
                    FileChannel.open(
                            folder.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new IllegalStateException(
                        "folder " + folder + " is in use by another server");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be used", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("folder lock cannot be released", e);
        }
    }
}
