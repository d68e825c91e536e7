package dev.sluice.loader.config;

import dev.sluice.loader.quality.QualityLimits;
import dev.sluice.loader.quality.QualityTiming;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The quality of the data; see {@link QualityTiming} and {@link QualityLimits}.
///
/// @param enabled whether the leader looks at it
/// @param interval between two looks whether a slot is over
/// @param settle events have so long to arrive after their slot
/// @param lookback slots older than this are not counted any more
/// @param days that an hour is compared with
/// @param minEvents of an hour; fewer are not compared
/// @param volumeFactor how many times fewer or more than usual
/// @param minRejected of an hour; fewer are no finding
/// @param rejectedShare of the events
/// @param nullIncrease of the share of events without a field
@Validated
@ConfigurationProperties("sluice.loader.quality")
record QualityProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DurationMin(millis = 100) @DefaultValue("30s") Duration interval,
        @NotNull @DurationMin(millis = 0) @DefaultValue("2m") Duration settle,
        @NotNull @DurationMin(hours = 1) @DefaultValue("6h") Duration lookback,
        @Min(7) @Max(56) @DefaultValue("28") int days,
        @Min(1) @DefaultValue("100") long minEvents,
        @DecimalMin("1.1") @DefaultValue("2") double volumeFactor,
        @Min(1) @DefaultValue("20") long minRejected,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.02") double rejectedShare,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.1") double nullIncrease) {

    QualityTiming timing() {
        return new QualityTiming(interval, settle, lookback, days);
    }

    QualityLimits limits() {
        return new QualityLimits(minEvents, volumeFactor, minRejected, rejectedShare, nullIncrease);
    }
}
