package dev.sluice.collector.config;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The raw stream. How it is published to is the runtime's `sluice.publisher`.
///
/// @param name of the stream
/// @param frame compressed size at which a frame is closed
/// @param timeLimit after which the sender of unconfirmed events is answered 503
@Validated
@ConfigurationProperties("sluice.collector.stream")
record StreamProperties(
        @NotEmpty String name, @NotNull DataSize frame, @NotNull Duration timeLimit) {}
