package dev.sluice.loader.layout;

import dev.sluice.contracts.table.EventsTable;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The layouts of all files there are, in the bucket at `layouts/<id>.json`. Thread-safe.
public final class Layouts {

    /// What every key starts with.
    public static final String PREFIX = "layouts/";

    /// The name that stands for the columns of the bundled contracts: files that were queued before
    /// there were layouts have no other.
    public static final String BUNDLED = "";

    private final ObjectStore objects;
    private final Map<String, FileLayout> known = new ConcurrentHashMap<>();

    public Layouts(ObjectStore objects) {
        this.objects = objects;
        known.put(BUNDLED, FileLayout.of(EventsTable.bundled()));
    }

    /// Returns when the layout can be found by its name, which is given back.
    ///
    /// @throws TransientFailure if the store cannot take it now
    public String publish(FileLayout layout) {
        String id = layout.id();
        if (known.containsKey(id)) {
            return id;
        }
        String key = key(id);
        objects.write(key, layout.encode());
        known.put(id, layout);
        return id;
    }

    /// The layout of that name.
    ///
    /// @throws SetupFailure if there is none
    public FileLayout find(String id) {
        FileLayout before = known.get(id);
        if (before != null) {
            return before;
        }
        String uri = objects.uri(key(id));
        byte[] json =
                objects.read(key(id))
                        .orElseThrow(
                                () ->
                                        new SetupFailure(
                                                uri
                                                        + " is gone: restore it, or the files that name"
                                                        + " it cannot be loaded"));
        try {
            FileLayout found = FileLayout.decode(json);
            known.put(id, found);
            return found;
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(uri + " cannot be read", e);
        }
    }

    private static String key(String id) {
        return PREFIX + id + ".json";
    }
}
