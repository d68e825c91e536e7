package dev.sluice.loader.config;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// What the leader does now and then besides loading. Each job also rests ten times as long as its
/// last turn took.
///
/// @param look between two looks whether a job is due
/// @param latencyInterval between two measurements of the time from receipt to queryable
/// @param latencyWindow events that were loaded in it are measured
/// @param driftInterval between two comparisons of tables with files
/// @param reports whether materialized views are refreshed
/// @param reportsInterval between two refreshes
@Validated
@ConfigurationProperties("sluice.loader.upkeep")
record UpkeepProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("1s") Duration look,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration latencyInterval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("5m") Duration latencyWindow,
        @NotNull @DurationMin(millis = 1) @DefaultValue("5m") Duration driftInterval,
        @DefaultValue("true") boolean reports,
        @NotNull @DurationMin(millis = 1) @DefaultValue("15m") Duration reportsInterval) {}
