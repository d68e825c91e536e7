package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class SpooledContentTest {

    @TempDir private Path directory;

    @Test
    void keepsASmallContentInMemory() throws IOException {
        SpooledContent content = new SpooledContent(directory, 10);
        content.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        content.write(10);
        assertThat(content.size()).isEqualTo(10);
        assertThat(directory).isEmptyDirectory();
        assertThat(read(content)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        content.delete();
    }

    @Test
    void movesToAFileWhenItOutgrowsMemory() throws IOException {
        SpooledContent content = new SpooledContent(directory, 4);
        content.write(new byte[] {1, 2, 3});
        content.write(new byte[] {4, 5, 6});
        content.write(7);
        assertThat(directory).isNotEmptyDirectory();
        assertThat(content.size()).isEqualTo(7);
        assertThat(read(content)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        content.delete();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void canBeReadAsOftenAsARetryNeedsIt() throws IOException {
        for (int inMemory : new int[] {0, 100}) {
            SpooledContent content = new SpooledContent(directory, inMemory);
            content.write(new byte[] {1, 2, 3});
            assertThat(read(content)).isEqualTo(read(content)).containsExactly(1, 2, 3);
            content.delete();
        }
    }

    @Test
    void saysWhenItCannotBeSpooled() {
        SpooledContent content = new SpooledContent(directory.resolve("missing"), 0);
        assertThatThrownBy(() -> content.write(1))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(directory.resolve("missing").toString());
    }

    private static byte[] read(SpooledContent content) throws IOException {
        try (var in = content.body().contentStreamProvider().newStream()) {
            return in.readAllBytes();
        }
    }
}
