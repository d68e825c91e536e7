package dev.sluice.loader.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// Who may load.
///
/// @param lock names it among the locks of the table; one for each warehouse
/// @param lease a leader that is silent for this long is followed by another task
/// @param interval how often the lock is claimed, at most half of the lease
@Validated
@ConfigurationProperties("sluice.loader.leader")
record LeaderProperties(
        @NotBlank @DefaultValue("warehouse") String lock,
        @NotNull @DurationMin(millis = 1) @DefaultValue("15s") Duration lease,
        @NotNull @DurationMin(millis = 1) @DefaultValue("3s") Duration interval) {

    @AssertTrue(message = "interval must be at most half of the lease")
    boolean isLeaseLongEnough() {
        return interval.multipliedBy(2).compareTo(lease) <= 0;
    }
}
