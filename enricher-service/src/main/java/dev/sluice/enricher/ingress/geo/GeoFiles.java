package dev.sluice.enricher.ingress.geo;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;

/// Where files of databases are. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the place cannot be reached.
public interface GeoFiles {

    /// By the name of each file, a text that is another one whenever its content is. Cheap.
    SortedMap<String, String> versions();

    /// Copies a file.
    ///
    /// @param to is written over
    void copy(String name, Path to) throws IOException;

    /// Where they are, for messages.
    String place();

    /// No files.
    static GeoFiles none() {
        return new GeoFiles() {
            @Override
            public SortedMap<String, String> versions() {
                return Collections.emptySortedMap();
            }

            @Override
            public void copy(String name, Path to) throws IOException {
                throw new NoSuchFileException(name);
            }

            @Override
            public String place() {
                return "no place";
            }
        };
    }
}
