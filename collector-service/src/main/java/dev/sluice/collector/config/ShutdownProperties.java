package dev.sluice.collector.config;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How the collector ends.
///
/// @param drain how long intake goes on after readiness has failed, until the load balancer has let
///     go
@Validated
@ConfigurationProperties("sluice.collector.shutdown")
record ShutdownProperties(@NotNull Duration drain) {}
