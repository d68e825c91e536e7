package dev.sluice.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Databases of places on this machine, shared by all fleets; without them geo is off.
public final class LocalGeo {

    /// Of the vendor of the databases that are fetched here, as its licence asks.
    public static final String ATTRIBUTION = "IP Geolocation by DB-IP (https://db-ip.com)";

    private LocalGeo() {}

    /// Need not be there.
    public static Path folder() {
        return Path.of(".sluice/geo").toAbsolutePath();
    }

    public static boolean isThere() {
        return isIn(folder());
    }

    /// Whether a folder has a database; it need not be there.
    public static boolean isIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".mmdb"));
        } catch (IOException e) {
            return false;
        }
    }
}
