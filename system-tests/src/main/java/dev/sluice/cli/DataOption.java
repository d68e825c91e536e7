package dev.sluice.cli;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/// Where a fleet keeps everything.
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".sluice/data",
            description = "the fleet's data folder (default: ${DEFAULT-VALUE})")
    Path data = Path.of(".sluice/data");
}
