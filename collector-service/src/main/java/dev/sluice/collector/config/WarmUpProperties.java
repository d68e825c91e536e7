package dev.sluice.collector.config;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// What is done before readiness.
///
/// @param timeLimit for the rehearsal; 0 for none
@Validated
@ConfigurationProperties("sluice.collector.warm-up")
record WarmUpProperties(@NotNull @DurationMin Duration timeLimit) {}
