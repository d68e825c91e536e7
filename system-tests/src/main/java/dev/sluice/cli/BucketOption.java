package dev.sluice.cli;

import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetEndpoints;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/// Which bucket: that of a fleet on this machine, or one of AWS.
final class BucketOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".sluice/data",
            description = "the data folder of a fleet on this machine (default: ${DEFAULT-VALUE})")
    Path data = Path.of(".sluice/data");

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            description = "a bucket of AWS instead, with the account and region of the environment")
    @Nullable String bucket;

    /// @throws IOException if no fleet runs on the data folder; the message says what to do
    FleetBucket open() throws IOException {
        return bucket == null
                ? FleetBucket.of(FleetEndpoints.readFrom(data))
                : FleetBucket.inCloud(bucket);
    }
}
