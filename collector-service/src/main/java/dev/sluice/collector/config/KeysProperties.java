package dev.sluice.collector.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/// Where write keys are read from, besides those of `sluice.collector.producers`.
///
/// @param file JSON, as `sluice keys` writes it; none if empty
/// @param table of DynamoDB; none if empty
/// @param create whether a missing table is created at the start
/// @param refresh how often they are read again; a revoked key opens so long
/// @param nonces of signed requests remembered at once
@Validated
@ConfigurationProperties("sluice.collector.keys")
record KeysProperties(
        @Nullable Path file,
        @NotNull String table,
        boolean create,
        @NotNull @DurationMin(millis = 100) Duration refresh,
        @Min(1) int nonces) {}
