package dev.sluice.runtime.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How Kinesis is called.
///
/// @param connectTimeout for a connection
/// @param putTimeout for one PutRecords call and its answer; it is not retried by the SDK
/// @param readTimeout for any other call, retries of the SDK included
/// @param maxConnections to Kinesis, for puts and for all else, each
@Validated
@ConfigurationProperties("sluice.kinesis")
record KinesisClientProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("2s") Duration connectTimeout,
        @NotNull @DurationMin(millis = 1) @DefaultValue("5s") Duration putTimeout,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration readTimeout,
        @Min(1) @DefaultValue("128") int maxConnections) {}
