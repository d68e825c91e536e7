package dev.sluice.enricher.ingress.geo;

import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

class FolderGeoFilesTest extends GeoFilesKit {

    @TempDir Path home;

    private long writes;

    @Override
    GeoFiles files() {
        return new FolderGeoFiles(home.resolve("geo"));
    }

    @Override
    void put(String name, byte[] content) throws IOException {
        Path file = home.resolve("geo").resolve(name);
        Files.createDirectories(file.getParent());
        // Over the file itself, as people do it.
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + writes++));
    }

    @Override
    void remove(String name) throws IOException {
        Files.delete(home.resolve("geo").resolve(name));
    }

    @Override
    void goAway() throws IOException {
        Path folder = home.resolve("geo");
        if (Files.exists(folder)) {
            Files.move(folder, home.resolve("elsewhere"));
        }
    }
}
