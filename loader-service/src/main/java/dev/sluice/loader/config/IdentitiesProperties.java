package dev.sluice.loader.config;

import dev.sluice.loader.identities.RestateLimits;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// Events that get another person; see {@link RestateLimits}.
///
/// @param enabled whether the leader restates them
/// @param interval between two looks whether some are due
/// @param lookback events that happened before are left as they are
/// @param maxIds of one update
/// @param maxEvents of one update
@Validated
@ConfigurationProperties("sluice.loader.identities")
record IdentitiesProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration interval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("90d") Duration lookback,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int maxIds,
        @Min(1) @Max(1_000_000) @DefaultValue("50000") int maxEvents) {

    RestateLimits limits() {
        return new RestateLimits(lookback, maxIds, maxEvents);
    }
}
