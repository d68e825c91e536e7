package dev.sluice.runtime.reference;

import dev.sluice.runtime.failure.TransientFailure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a folder and of the folders in it, by the end of their names. The version is told
/// from names, sizes and times of modification: nobody reads a file to learn that it is the same.
public final class FolderFiles implements ReferenceFiles {

    /// Bounds what a folder named by mistake costs.
    private static final int DEPTH = 4;

    private final Path folder;
    private final String suffix;

    /// @param suffix of the files that count, such as `.json`
    public FolderFiles(Path folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
    }

    @Override
    public Optional<String> version() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        StringBuilder version = new StringBuilder();
        try (Stream<Path> files = files()) {
            files.forEach(
                    file ->
                            version.append(name(file))
                                    .append(' ')
                                    .append(stamp(file))
                                    .append('\n'));
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFailure("cannot list " + folder, e);
        }
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(Digests.sha256(version.toString()));
    }

    @Override
    public Map<String, byte[]> read() {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = files()) {
            for (Path file : files.toList()) {
                content.put(name(file), Files.readAllBytes(file));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFailure("cannot read " + folder, e);
        }
        return content;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private Stream<Path> files() throws IOException {
        return Files.walk(folder, DEPTH)
                .filter(file -> file.toString().endsWith(suffix))
                .filter(Files::isRegularFile)
                .sorted();
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String stamp(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
