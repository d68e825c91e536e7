package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FileProducerStoreTest extends ProducerStoreKit {

    @TempDir Path folder;

    @Override
    ProducerStore store() {
        return new FileProducerStore(folder.resolve("keys/keys.json"));
    }

    @Test
    void namesAFileThatIsNoListOfKeys() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, "[{\"key_sha256\":\"short\"}]");

        assertThatThrownBy(() -> new FileProducerStore(file).all())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("broken.json");
    }

    @Test
    void keepsNoKeyInClear() throws IOException {
        ProducerStore store = new FileProducerStore(folder.resolve("keys.json"));
        store.put(KEY);

        assertThat(Files.readString(folder.resolve("keys.json"))).doesNotContain("secret-key");
    }
}
