package dev.sluice.gdpr.journal;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.objects.ObjectStore;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/// An object for each erasure under way, in the bucket; gone when the erasure has ended.
public final class ErasureJournal {

    /// What the key of every entry starts with.
    public static final String PREFIX = "erasures/";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectStore objects;

    public ErasureJournal(ObjectStore objects) {
        this.objects = objects;
    }

    /// The erasure of that name, if it has not ended.
    ///
    /// @throws SetupFailure if the entry cannot be read
    public Optional<OpenErasure> find(String name) {
        return objects.read(key(name)).map(content -> read(name, content));
    }

    /// Returns when the entry is durable, in place of the one before.
    public void write(String name, OpenErasure erasure) {
        objects.write(key(name), JSON.writeValueAsBytes(erasure));
    }

    public void close(String name) {
        objects.delete(key(name));
    }

    private OpenErasure read(String name, byte[] content) {
        try {
            return JSON.readValue(content, OpenErasure.class);
        } catch (JacksonException e) {
            throw new SetupFailure(objects.uri(key(name)) + " is no entry of the journal", e);
        }
    }

    private static String key(String name) {
        return PREFIX + name + ".json";
    }
}
