package dev.sluice.loader.athena;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The texts that come with the service, below `athena/`.
final class Resources {

    private Resources() {}

    /// @throws IllegalArgumentException if there is none of that name
    static String read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/athena/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no athena/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("athena/" + name, e);
        }
    }
}
