package dev.sluice.enricher.config;

import dev.sluice.contracts.stream.Streams;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;

/// Domain events: how they are made, and where they are forwarded to.
///
/// @param rules a file of rules in place of those that come along
/// @param forward whether this task forwards
/// @param application names the fleet of forwarders and its lease table
/// @param stream is read
/// @param bus name or ARN of the bus of EventBridge
/// @param source what the bus is told that events come from
@Validated
@ConfigurationProperties("sluice.enricher.domain-events")
record DomainEventsProperties(
        @Nullable Path rules,
        @DefaultValue("true") boolean forward,
        @NotBlank @DefaultValue("sluice-domain-forwarder") String application,
        @NotBlank @DefaultValue(Streams.DERIVED) String stream,
        @NotBlank @DefaultValue("default") String bus,
        @NotBlank
                @DefaultValue("sluice")
                @Pattern(regexp = "(?!aws\\.).*", message = "must not start with aws.")
                String source) {}
