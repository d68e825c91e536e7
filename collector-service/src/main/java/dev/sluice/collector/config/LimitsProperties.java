package dev.sluice.collector.config;

import dev.sluice.collector.process.body.BodyLimits;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What one request may hold.
///
/// @param body before as after decompression
/// @param event as it was sent; larger ones go to the quarantine
/// @param depth levels of objects and arrays in an event, itself included
/// @param numberLength characters of one number
@Validated
@ConfigurationProperties("sluice.collector.limits")
record LimitsProperties(
        @NotNull DataSize body,
        @NotNull DataSize event,
        @Min(1) @Max(100_000) int events,
        @Min(1) @Max(1000) int depth,
        @Min(20) @Max(10_000) int numberLength) {

    /// @throws ArithmeticException if an event may be 2 GiB or larger
    BodyLimits forBodies() {
        return new BodyLimits(events, Math.toIntExact(event.toBytes()), depth, numberLength);
    }
}
