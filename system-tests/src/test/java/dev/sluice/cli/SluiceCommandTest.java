package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SluiceCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "demo",
                "load",
                "query",
                "status",
                "books",
                "keys",
                "crash",
                "erase",
                "archive",
                "compact",
                "athena",
                "loader",
                "replay",
                "backfill",
                "prepare",
                "bench"
            })
    void everyCommandHelpsWithExamples(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: sluice " + command, "Examples:");
    }

    @Test
    void aFolderWithoutAFleetSaysHowToStartOne() {
        assertThat(run("query", "SELECT 1", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("no fleet has been started on " + folder)
                .contains("./sluice up --data");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theQuestionsAreListedAndOneThatIsNotAmongThemSaysSo() {
        assertThat(run("query", "--list")).isZero();
        assertThat(out.toString())
                .contains("top-products         The ten products that were shown or viewed most");

        assertThat(run("query", "--question", "weather")).isEqualTo(2);
        assertThat(err.toString()).contains("no question weather; see --list");
        assertThat(run("query")).isEqualTo(2);
        assertThat(run("query", "SELECT 1", "--question", "funnel")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "status", "drift"})
    void theLoaderOfAFolderWithoutAFleetSaysHowToStartOne(String what) {
        assertThat(run("loader", what, "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("./sluice up --data");
        assertThat(run("loader")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "ten", "-5s", "1d", ""})
    void aDurationThatIsNoneSaysWhatToWrite(String duration) {
        assertThat(run("load", "--url", "http://127.0.0.1:1", "--duration", duration)).isEqualTo(2);
        assertThat(err.toString()).contains("500ms, 90s, 5m or 2h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2m", "many", "-5", ""})
    void aNumberThatIsNoneSaysWhatToWrite(String number) {
        assertThat(run("bench", "replay", "--events", number)).isEqualTo(2);
        assertThat(err.toString()).contains("500, 20K or 2M");
        assertThat(run("bench")).isEqualTo(2);
    }

    @Test
    void anOutageIsARunOfItsOwn() {
        assertThat(run("crash", "--everything", "--outage", "redshift")).isEqualTo(2);
        assertThat(err.toString()).contains("two runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "yesterday", "2026-11-21T10:00", ""})
    void aTimeThatIsNoneSaysWhatToWrite(String since) {
        assertThat(run("books", "--since", since)).isEqualTo(2);
        assertThat(err.toString()).contains("1h, 90s or 2026-11-21T10:00:00Z");
    }

    @Test
    void aPortThatIsTakenSaysWhatToDoAtOnce() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThat(run("up", "--port", port, "--data", folder.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("port " + port + " is in use", "--port");
        }
    }

    @Test
    void anUnknownCommandIsAnError() {
        assertThat(run("lod")).isEqualTo(2);
        assertThat(err.toString()).contains("lod");
    }

    @Test
    void rowsAreWrittenAsATableAsCsvAndAsJson() {
        TableFormat.Rows rows =
                new TableFormat.Rows(
                        List.of("name", "n"),
                        List.of(
                                List.of("a \"b\", c", 1L),
                                new ArrayList<>(Arrays.asList("long name here", null))));

        assertThat(written(TableFormat.TABLE, rows))
                .isEqualToNormalizingNewlines(
                        """
                        name            n
                        --------------  -
                        a "b", c        1
                        long name here
                        (2 rows)
                        """);
        assertThat(written(TableFormat.CSV, rows))
                .isEqualTo("name,n\r\n\"a \"\"b\"\", c\",1\r\nlong name here,\r\n");
        assertThat(written(TableFormat.JSON, rows))
                .contains("\"name\" : \"a \\\"b\\\", c\"")
                .contains("\"n\" : 1")
                .contains("\"n\" : null");
    }

    private static String written(TableFormat format, TableFormat.Rows rows) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        format.write(rows, writer);
        writer.flush();
        return text.toString();
    }

    private int run(String... words) {
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
