package dev.sluice.local.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder with everything below it.
public final class FolderTree {

    private FolderTree() {}

    /// Deletes the folder and what it holds; one that is not there is deleted already. Symbolic
    /// links are deleted and not followed.
    ///
    /// @throws IOException naming the file that cannot be deleted or listed
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
