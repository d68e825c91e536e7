package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `sluice` command; everything it does is in its subcommands.
@Command(
        name = "sluice",
        description = "An event pipeline in which acknowledged means queryable, once.",
        mixinStandardHelpOptions = true,
        version = "sluice 0.1.0",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            LoadCommand.class,
            QueryCommand.class,
            StatusCommand.class,
            BooksCommand.class,
            KeysCommand.class,
            SchemaCommand.class,
            QuarantineCommand.class,
            QualityCommand.class,
            ReplayCommand.class,
            BackfillCommand.class,
            EraseCommand.class,
            ArchiveCommand.class,
            CompactCommand.class,
            AthenaCommand.class,
            LoaderCommand.class,
            GeoCommand.class,
            PrepareCommand.class,
            CrashCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice demo                       everything, with traffic, for a minute",
            "  sluice up                         everything, until Ctrl-C",
            "  sluice query \"SELECT COUNT(*) FROM events\"",
        })
public final class SluiceCommand {

    private SluiceCommand() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SluiceCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            command.getErr().println("sluice: " + Failures.message(failure));
                            return CommandLine.ExitCode.SOFTWARE;
                        });
    }
}
