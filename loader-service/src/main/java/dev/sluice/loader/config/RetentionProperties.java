package dev.sluice.loader.config;

import dev.sluice.loader.retention.RetentionLimits;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How long things are kept; see {@link RetentionLimits}.
///
/// @param enabled whether the leader deletes what is older
/// @param interval between two looks
@Validated
@ConfigurationProperties("sluice.loader.retention")
record RetentionProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DurationMin(millis = 1) @DefaultValue("10m") Duration interval,
        @NotNull @DurationMin(days = 1) @DefaultValue("180d") Duration raw,
        @NotNull @DurationMin(days = 1) @DefaultValue("400d") Duration events,
        @NotNull @DurationMin(days = 1) @DefaultValue("400d") Duration files,
        @NotNull @DurationMin(days = 1) @DefaultValue("730d") Duration figures,
        @Min(1) @Max(10_000) @DefaultValue("48") int maxHours,
        @Min(1) @Max(100_000) @DefaultValue("1000") int maxFiles) {

    @AssertTrue(message = "figures must be kept longer than events")
    boolean isFiguresLonger() {
        return figures.compareTo(events) > 0;
    }

    RetentionLimits limits() {
        return new RetentionLimits(raw, events, files, figures, maxHours, maxFiles);
    }
}
