package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class AthenaCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsWhatTheRepositoryDeploys() throws IOException {
        assertThat(run("athena", "ddl")).isZero();
        assertThat(out.toString())
                .as("after a change of columns: ./sluice athena ddl > deploy/athena/events.sql")
                .isEqualTo(Files.readString(Path.of("..", "deploy", "athena", "events.sql")));
    }

    @Test
    void putsTheTableOnTheBucketThatIsNamed() {
        assertThat(run("athena", "ddl", "--lake", "my-lake", "--days", "30")).isZero();
        assertThat(out.toString())
                .contains(
                        "LOCATION 's3://my-lake/lake/events/athena/'",
                        "'projection.dt.range' = 'NOW-30DAYS,NOW+1DAYS'")
                .doesNotContain("sluice-lake");
    }

    @Test
    void listsTheQuestionsAndPrintsEach() {
        assertThat(run("athena", "questions")).isZero();
        assertThat(out.toString().lines()).hasSize(8);
        for (String line : out.toString().lines().toList()) {
            out.getBuffer().setLength(0);
            assertThat(run("athena", "question", line.split(" ", 2)[0])).isZero();
            assertThat(out.toString()).contains("SELECT", "dt BETWEEN ? AND ?");
        }
    }

    @Test
    void aQuestionThatThereIsNotIsAnError() {
        assertThat(run("athena", "question", "nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("sluice athena questions");
    }

    @Test
    void anHourThatIsNoneSaysWhatToWrite() {
        assertThat(run("compact", "--hour", "2026-11-21")).isEqualTo(2);
        assertThat(err.toString()).contains("2026-11-21T10");
        assertThat(run("compact")).isEqualTo(2);
        assertThat(err.toString()).contains("--hour", "--day");
    }

    private int run(String... words) {
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
