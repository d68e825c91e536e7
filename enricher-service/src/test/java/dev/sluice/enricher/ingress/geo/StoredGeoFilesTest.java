package dev.sluice.enricher.ingress.geo;

import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import java.time.Instant;

class StoredGeoFilesTest extends GeoFilesKit {

    private long writes;
    private final MemoryObjectStore objects =
            new MemoryObjectStore(
                    "lake", () -> Instant.ofEpochSecond(1_000_000 + writes++), new EffectLog());

    @Override
    GeoFiles files() {
        return new StoredGeoFiles(objects, "geo/");
    }

    @Override
    void put(String name, byte[] content) {
        objects.write("geo/" + name, content);
        objects.write("geo/old/" + name, content);
    }

    @Override
    void remove(String name) {
        objects.delete("geo/" + name);
    }

    @Override
    void goAway() {
        objects.faults().goAway();
    }
}
