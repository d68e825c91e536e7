package dev.sluice.local.kinesis;

import dev.sluice.local.host.FolderTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Listing and removing directories.
final class Directories {

    static final String DOOMED = ".doomed-";

    private Directories() {}

    static List<Path> children(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /// Removes a directory and all it holds: renamed first, so that a crash leaves nothing that
    /// looks alive.
    static void delete(Path directory) {
        try {
            Path doomed =
                    directory.resolveSibling(
                            DOOMED + directory.getFileName() + "-" + System.nanoTime());
            Files.move(directory, doomed, StandardCopyOption.ATOMIC_MOVE);
            FolderTree.delete(doomed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
