package dev.sluice.enricher.ingress.geo;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The objects `*.mmdb` directly below a prefix of the bucket.
public final class StoredGeoFiles implements GeoFiles {

    private final ObjectStore objects;
    private final String prefix;

    /// @param prefix such as `geo/`
    public StoredGeoFiles(ObjectStore objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public SortedMap<String, String> versions() {
        SortedMap<String, String> versions = new TreeMap<>();
        try (Stream<ObjectSummary> listed = objects.list(prefix)) {
            listed.forEach(
                    object -> {
                        String name = object.key().substring(prefix.length());
                        if (name.endsWith(GeoSource.SUFFIX) && name.indexOf('/') < 0) {
                            versions.put(name, object.size() + " " + object.modifiedAt());
                        }
                    });
        }
        return versions;
    }

    @Override
    public void copy(String name, Path to) throws IOException {
        byte[] content =
                objects.read(prefix + name)
                        .orElseThrow(
                                () ->
                                        new TransientFailure(
                                                objects.uri(prefix + name)
                                                        + " was listed but is gone"));
        Files.write(to, content);
    }

    @Override
    public String place() {
        return objects.uri(prefix);
    }
}
