package dev.sluice.collector.config;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How the collector ends.
///
/// @param drain how long intake goes on after readiness has failed, until the load balancer has let
///     go
/// @param flush how long the publisher may take for what it has accepted
@Validated
@ConfigurationProperties("sluice.collector.shutdown")
record ShutdownProperties(@NotNull Duration drain, @NotNull Duration flush) {}
