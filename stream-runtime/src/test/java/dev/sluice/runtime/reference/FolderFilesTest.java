package dev.sluice.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

class FolderFilesTest {

    @TempDir Path folder;
    private FolderFiles files;

    @BeforeEach
    void open() {
        files = new FolderFiles(folder, ".json");
    }

    @Test
    void readsWhatIsThereByName() throws IOException {
        write("tap/1-0-0.json", "{}");
        write("tap/notes.txt", "not one of them");
        write("top.json", "[]");
        write("tenants/shop/tap/1-0-0.json", "{}");
        write("tenants/shop/tap/too/deep.json", "{}");

        assertThat(files.read())
                .containsOnlyKeys("tap/1-0-0.json", "top.json", "tenants/shop/tap/1-0-0.json");
        assertThat(files.read().get("tap/1-0-0.json")).asString().isEqualTo("{}");
    }

    @Test
    void isAnotherVersionWhenAFileComesChangesOrGoes() throws IOException {
        write("tap/1-0-0.json", "{}");
        String first = files.version().orElseThrow();
        assertThat(files.version()).contains(first);

        write("tap/1-0-1.json", "{}");
        String second = files.version().orElseThrow();
        Files.setLastModifiedTime(
                folder.resolve("tap/1-0-0.json"), FileTime.from(Instant.ofEpochSecond(1)));
        String third = files.version().orElseThrow();
        Files.delete(folder.resolve("tap/1-0-1.json"));

        assertThat(first).isNotEqualTo(second);
        assertThat(third).isNotIn(first, second);
        assertThat(files.version().orElseThrow()).isNotIn(first, second, third);
    }

    @Test
    void hasNoVersionWithoutFilesOrFolder() throws IOException {
        assertThat(files.version()).isEmpty();
        Files.delete(folder);
        assertThat(files.version()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }
}
