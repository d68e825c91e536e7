package dev.sluice.collector.producers;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keys in a JSON file, for a machine of one's own. A change replaces the file as a whole, so that
/// no reader sees half of one. One process writes at a time.
public final class FileProducerStore implements ProducerStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /// @param file need not be there yet
    public FileProducerStore(Path file) {
        this.file = file;
    }

    @Override
    public synchronized List<ProducerKey> all() {
        try {
            KeyJson[] keys = JSON.readValue(Files.readAllBytes(file), KeyJson[].class);
            return Arrays.stream(keys).map(KeyJson::key).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new TransientFailure("cannot read the keys in " + file, e);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new SetupFailure("the keys in " + file + " cannot be understood", e);
        }
    }

    @Override
    public synchronized void put(ProducerKey key) {
        List<ProducerKey> keys = without(key.hash());
        keys.add(key);
        write(keys);
    }

    @Override
    public synchronized void remove(KeyHash key) {
        write(without(key));
    }

    private List<ProducerKey> without(KeyHash hash) {
        List<ProducerKey> keys = new ArrayList<>(all());
        keys.removeIf(key -> key.hash().equals(hash));
        return keys;
    }

    private void write(List<ProducerKey> keys) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            if (file.toAbsolutePath().getParent() instanceof Path folder) {
                Files.createDirectories(folder);
            }
            Files.write(
                    next,
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(keys.stream().map(KeyJson::of).toList()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TransientFailure("cannot write the keys to " + file, e);
        }
    }
}
