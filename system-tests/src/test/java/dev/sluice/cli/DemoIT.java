package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

class DemoIT {

    @TempDir Path data;

    @Test
    void theBooksOfADemoBalance() {
        StringWriter out = new StringWriter();
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true));

        int exit =
                command.execute(
                        "demo", "--rate", "300", "--duration", "8s", "--data", data.toString());

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("The books balance: nothing lost, nothing twice.")
                .contains("From receipt to queryable: P50")
                .containsPattern("difference +0 *\n")
                .contains("Which intents get thumbs down?");
    }
}
