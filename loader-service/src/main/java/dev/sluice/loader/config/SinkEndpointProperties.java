package dev.sluice.loader.config;

import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// Where a sink listens.
///
/// @param url of it, with `https` for TLS; needed by a sink that is on
/// @param timeout for the answer to one request
/// @param certificates in PEM to trust in place of those of Java
/// @param user nobody when empty
/// @param password of the user
record SinkEndpointProperties(
        @Nullable URI url,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration timeout,
        @Nullable Path certificates,
        @NotNull @DefaultValue("") String user,
        @NotNull @DefaultValue("") Secret password) {

    /// @param setting under which the endpoint is set
    /// @throws SetupFailure if nobody has said where it is
    SinkEndpoint open(String setting, Authorization authorization) {
        if (url == null || url.getHost() == null) {
            throw new SetupFailure(setting + ".url must be where the sink listens");
        }
        return new SinkEndpoint(url, authorization, timeout, certificates);
    }
}
