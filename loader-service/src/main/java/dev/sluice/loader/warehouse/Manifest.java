package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;
import dev.sluice.runtime.objects.ObjectStore;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The list of files a COPY reads, all of them or none (Amazon Redshift, "Using a manifest to
/// specify data files"; Parquet needs the size of each).
public final class Manifest {

    private static final String PREFIX = "manifests/";

    private final ObjectStore objects;

    public Manifest(ObjectStore objects) {
        this.objects = objects;
    }

    /// Publishes the list and returns where it is.
    String publish(String batchId, List<LoadFile> files) {
        String key = PREFIX + batchId + ".manifest";
        objects.write(key, json(files).getBytes(StandardCharsets.UTF_8));
        return objects.uri(key);
    }

    /// Removes a list that is not needed any more.
    void remove(String batchId) {
        objects.delete(PREFIX + batchId + ".manifest");
    }

    /// Removes those of these loaded files that nobody reads any more.
    void removeFiles(List<LoadFile> loaded) {
        loaded.stream()
                .filter(file -> !file.table().keepsFiles())
                .forEach(file -> objects.delete(file.key()));
    }

    private String json(List<LoadFile> files) {
        ObjectNode manifest = JsonMapper.shared().createObjectNode();
        ArrayNode entries = manifest.putArray("entries");
        for (LoadFile file : files) {
            ObjectNode entry = entries.addObject();
            entry.put("url", objects.uri(file.key())).put("mandatory", true);
            entry.putObject("meta").put("content_length", file.bytes());
        }
        return manifest.toString();
    }
}
