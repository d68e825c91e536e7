package dev.sluice.loader.config;

import dev.sluice.loader.compact.CompactLimits;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/// The files of the lake; see {@link CompactLimits}.
///
/// @param enabled whether the leader compacts hours
/// @param listInterval how often files that were loaded are added to the lists
/// @param interval how often it is looked whether an hour is due
/// @param memory at least 1 MB
/// @param directory empty for the system's temporary directory
@Validated
@ConfigurationProperties("sluice.loader.compact")
record CompactProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration listInterval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("1m") Duration interval,
        @NotNull @DefaultValue("192MB") DataSize fileSize,
        @NotNull @DefaultValue("32MB") DataSize rowGroup,
        @NotNull @DefaultValue("64MB") DataSize memory,
        @NotNull @DefaultValue("") String directory,
        @NotNull @DurationMin(millis = 0) @DefaultValue("2h") Duration settle,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.1") double lateShare,
        @NotNull @DurationMin(millis = 0) @DefaultValue("24h") Duration lateWait,
        @NotNull @DurationMin(millis = 1) @DefaultValue("2h") Duration grace) {

    @AssertTrue(message = "file-size, row-group and memory must be at least 1 MB")
    boolean isLargeEnough() {
        long least = DataSize.ofMegabytes(1).toBytes();
        return fileSize.toBytes() >= least
                && rowGroup.toBytes() >= least
                && memory.toBytes() >= least;
    }

    CompactLimits limits() {
        String folder = directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory;
        return new CompactLimits(
                fileSize.toBytes(),
                rowGroup.toBytes(),
                memory.toBytes(),
                Path.of(folder),
                settle,
                lateShare,
                lateWait,
                grace);
    }
}
