package dev.sluice.loader.config;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The loader's tables in DynamoDB.
///
/// @param queue of the files that wait for the warehouse
/// @param locks of the leader
/// @param create whether missing ones are created at the start
@Validated
@ConfigurationProperties("sluice.loader.tables")
record TableProperties(
        @NotBlank @DefaultValue("sluice-load-queue") String queue,
        @NotBlank @DefaultValue("sluice-locks") String locks,
        @DefaultValue("false") boolean create) {}
