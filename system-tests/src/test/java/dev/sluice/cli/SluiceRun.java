package dev.sluice.cli;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a call of `sluice` came to.
public record SluiceRun(int exit, String out, String err) {

    public static SluiceRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine sluice =
                SluiceCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exit = sluice.execute(arguments);
        return new SluiceRun(exit, out.toString(), err.toString());
    }
}
