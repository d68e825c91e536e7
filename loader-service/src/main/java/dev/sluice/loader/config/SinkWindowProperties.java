package dev.sluice.loader.config;

import dev.sluice.loader.sink.SinkLimits;
import dev.sluice.loader.window.WindowAge;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

/// What goes to a sink at once.
///
/// @param age how long events wait for others
/// @param maxAge the longest such time, when the sink is slow
/// @param maxRows of a window
/// @param maxSize of its events, decompressed; is kept in memory for each shard
record SinkWindowProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("5s") Duration age,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration maxAge,
        @Min(1) @Max(1_000_000) @DefaultValue("5000") int maxRows,
        @NotNull @DefaultValue("8MB") DataSize maxSize) {

    @AssertTrue(message = "max-age must not be shorter than age")
    boolean isMaxAgeInRange() {
        return age.compareTo(maxAge) <= 0;
    }

    @AssertTrue(message = "max-size must be positive and below 1GB")
    boolean isMaxSizeInRange() {
        return maxSize.toBytes() > 0 && maxSize.toGigabytes() < 1;
    }

    WindowAge toAge() {
        return new WindowAge(age, maxAge);
    }

    SinkLimits limits() {
        return new SinkLimits(maxRows, maxSize.toBytes());
    }
}
