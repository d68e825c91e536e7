package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class LocalAwsMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:", "local-aws --ports kinesis=4567,s3=9000", "--data=FOLDER");
    }

    @Test
    void refusesAServiceItDoesNotKnow() {
        assertThat(run("--services", "s4")).isEqualTo(2);
        assertThat(err.toString()).contains("s4", "dynamodb");
    }

    @Test
    void saysInOneLineWhyItDoesNotStart(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run("--data", file.toString(), "--services", "s3", "--ports", "s3=0"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("s3", file.toString());
    }

    private int run(String... arguments) {
        return LocalAwsMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
