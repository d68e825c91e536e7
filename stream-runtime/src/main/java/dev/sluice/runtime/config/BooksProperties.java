package dev.sluice.runtime.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// Where the books are kept.
///
/// @param table of DynamoDB, the same for all services
/// @param create whether a missing table is created at the start
/// @param keep how long a page stays after it was stored last
@Validated
@ConfigurationProperties("sluice.books")
record BooksProperties(
        @NotBlank @DefaultValue("sluice-books") String table,
        @DefaultValue("false") boolean create,
        @NotNull @DurationMin(hours = 1) @DefaultValue("35d") Duration keep) {}
