package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The raw archive.
///
/// @param enabled whether this task archives
/// @param application names the fleet of archivers and its lease table
/// @param stream is archived
/// @param window the longest time frames wait for others before they are written
/// @param objectSize frames of one object; is kept in memory for each shard
@Validated
@ConfigurationProperties("sluice.loader.archive")
record ArchiveProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank @DefaultValue("sluice-archive") String application,
        @NotBlank @DefaultValue(Streams.RAW) String stream,
        @NotNull @DurationMin(millis = 1) @DefaultValue("10s") Duration window,
        @NotNull @DefaultValue("8MB") DataSize objectSize) {

    @AssertTrue(message = "object-size must be positive and below 1GB")
    boolean isObjectSizeInRange() {
        return objectSize.toBytes() > 0 && objectSize.toGigabytes() < 1;
    }
}
