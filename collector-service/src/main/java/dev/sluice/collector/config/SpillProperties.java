package dev.sluice.collector.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// What becomes of events that the stream does not take.
///
/// @param enabled if not, their senders are answered 503
/// @param bytesInFlight of events that wait for the bucket; past it 503
/// @param objectSize of events in one object, before compression
/// @param maxPuts objects written at once
/// @param linger how long the first events of an object wait for company
/// @param timeLimit after which the answer is 503
/// @param drainInterval between two looks for what is to be sent on
/// @param drainPiece of events that are sent on at once, before compression
/// @param drainTimeLimit for one such piece to be on the stream
/// @param locks the table of DynamoDB whose lock says which task sends on
/// @param createLocks whether that table is created if it is missing
/// @param lease after which another task follows one that is gone
@Validated
@ConfigurationProperties("sluice.collector.spill")
record SpillProperties(
        boolean enabled,
        @NotNull DataSize bytesInFlight,
        @NotNull DataSize objectSize,
        @Min(1) int maxPuts,
        @NotNull @DurationMin Duration linger,
        @NotNull @DurationMin(millis = 1) Duration timeLimit,
        @NotNull @DurationMin(millis = 1) Duration drainInterval,
        @NotNull DataSize drainPiece,
        @NotNull @DurationMin(millis = 1) Duration drainTimeLimit,
        @NotEmpty String locks,
        boolean createLocks,
        @NotNull @DurationMin(millis = 100) Duration lease) {}
