package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `sluice prepare`: a cache from which later starts take classes and what their methods were used
/// for, so that the fleet is up, and its code fast, in half the time.
///
/// Source: JEP 483, 514 and 515, "Ahead-of-Time Class Loading and Linking", "Command-Line
/// Ergonomics" and "Method Profiling".
@Command(
        name = "prepare",
        description = {
            "Runs a demo of half a minute and keeps what the JVM learnt from it, 250 MB, for every",
            "later ./sluice until the next build. Worth it before a measurement, and on slow machines."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice prepare",
            "  sluice prepare && sluice demo --rate 5000 --duration 120s"
        })
final class PrepareCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            hidden = true,
            description = "where ./sluice looks for the cache; it names the folder itself")
    Path folder = Path.of("");

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StartCache cache = new StartCache(EmptyFolder.at(folder), new Progress(out));
        cache.train();
        return 0;
    }
}
