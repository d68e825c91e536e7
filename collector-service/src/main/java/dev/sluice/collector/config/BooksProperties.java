package dev.sluice.collector.config;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How the door keeps its books.
///
/// @param flushInterval how often what was accepted is stored; a kill loses the count, not the
///     events, of at most this time
/// @param lastFlush how long the end of the process waits for that
@Validated
@ConfigurationProperties("sluice.collector.books")
record BooksProperties(
        @NotNull @DurationMin(millis = 1) Duration flushInterval,
        @NotNull @DurationMin(millis = 1) Duration lastFlush) {}
