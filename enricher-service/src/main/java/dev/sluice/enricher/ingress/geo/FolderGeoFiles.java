package dev.sluice.enricher.ingress.geo;

import dev.sluice.runtime.failure.TransientFailure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files `*.mmdb` of a folder, which need not be there. Versions are told from sizes and times
/// of modification.
public final class FolderGeoFiles implements GeoFiles {

    private final Path folder;

    public FolderGeoFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public SortedMap<String, String> versions() {
        SortedMap<String, String> versions = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return versions;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(GeoSource.SUFFIX))
                    .filter(Files::isRegularFile)
                    .forEach(file -> versions.put(file.getFileName().toString(), version(file)));
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFailure("cannot list " + folder, e);
        }
        return versions;
    }

    @Override
    public void copy(String name, Path to) throws IOException {
        Files.copy(folder.resolve(name), to, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private static String version(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
