package dev.sluice.local.kinesis;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps a [StreamManifest] as a JSON file that is replaced as a whole, so that a crash leaves the
/// old or the new one.
final class ManifestFile {

    static final String NAME = "stream.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    ManifestFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(file);
    }

    StreamManifest read() {
        try {
            return JSON.readValue(Files.readAllBytes(file), StreamManifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException("not a stream manifest: " + file, e));
        }
    }

    void write(StreamManifest manifest) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(manifest));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
