package dev.sluice.loader.config;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// What is watched and mended in the load queue.
///
/// @param watchInterval how often its depth is looked at, for metrics and health
/// @param unhealthyLag a file that waits for the warehouse longer is unhealthy
/// @param retryBlockedAfter when a file that was set aside is tried again
@Validated
@ConfigurationProperties("sluice.loader.queue")
record QueueProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("10s") Duration watchInterval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("5m") Duration unhealthyLag,
        @NotNull @DurationMin(millis = 1) @DefaultValue("15m") Duration retryBlockedAfter) {}
