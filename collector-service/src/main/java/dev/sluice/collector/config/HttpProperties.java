package dev.sluice.collector.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.List;

/// How requests are taken.
///
/// @param bytesInFlight of bodies held at once; past it the answer is 503
/// @param slow a request worked on for longer, from its body's end to the answer, is a sign that
///     there are too many
/// @param maxRequests worked on at once, however fast they are
/// @param bodyTimeLimit from the first byte of a body to its last
/// @param retryAfter what a client is told with a 503, in whole seconds
/// @param trustedProxies addresses and ranges whose `X-Forwarded-For` is believed
@Validated
@ConfigurationProperties("sluice.collector.http")
record HttpProperties(
        @NotNull DataSize bytesInFlight,
        @NotNull @DurationMin(millis = 1) Duration slow,
        @Min(1) int maxRequests,
        @NotNull Duration bodyTimeLimit,
        @NotNull Duration retryAfter,
        @NotNull List<String> trustedProxies) {}
