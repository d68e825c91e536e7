package dev.sluice.enricher.config;

import dev.sluice.enricher.process.traffic.ChannelRules;
import dev.sluice.runtime.failure.SetupFailure;

import jakarta.validation.constraints.Min;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How events get a channel.
///
/// @param channels file of the rules; the service's own when null
/// @param cacheSize hosts of referrers and pages that are kept
@Validated
@ConfigurationProperties("sluice.enricher.traffic")
record TrafficProperties(@Nullable Path channels, @Min(1) @DefaultValue("50000") int cacheSize) {

    /// @throws SetupFailure if the file cannot be read
    /// @throws IllegalArgumentException that names file and rule if one is wrong
    ChannelRules rules() {
        if (channels == null) {
            return ChannelRules.bundled();
        }
        try {
            return ChannelRules.of(channels.toString(), Files.readString(channels));
        } catch (IOException e) {
            throw new SetupFailure("cannot read the channels of " + channels, e);
        }
    }
}
