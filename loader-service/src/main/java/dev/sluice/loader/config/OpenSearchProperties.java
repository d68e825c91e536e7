package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.SigV4;
import dev.sluice.loader.sink.opensearch.DailyIndex;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The sink for searching.
///
/// @param enabled whether this task writes to OpenSearch
/// @param application names the fleet and its lease table
/// @param stream is read
/// @param endpoint of the cluster
/// @param signing with the task's own credentials, in place of user and password
/// @param window what goes there at once
/// @param index of each day
/// @param fields columns of documents besides those that all have
/// @param rules which events; all when there are none
@Validated
@ConfigurationProperties("sluice.loader.opensearch")
record OpenSearchProperties(
        @DefaultValue("false") boolean enabled,
        @NotBlank @DefaultValue("sluice-opensearch") String application,
        @NotBlank @DefaultValue(Streams.ENRICHED) String stream,
        @NotNull @Valid @DefaultValue SinkEndpointProperties endpoint,
        @NotNull @Valid @DefaultValue Signing signing,
        @NotNull @Valid @DefaultValue SinkWindowProperties window,
        @NotNull @Valid @DefaultValue Index index,
        @NotNull @DefaultValue List<String> fields,
        @NotNull @Valid @DefaultValue List<SinkRuleProperties> rules) {

    /// @param region none when empty
    /// @param service `es`, or `aoss`
    record Signing(
            @NotNull @DefaultValue("") String region,
            @NotBlank @DefaultValue("es") String service) {}

    /// @param prefix of the names
    /// @param shards of each index
    /// @param replicas of each shard
    /// @param refresh how long a document waits until it is found, as OpenSearch writes it
    record Index(
            @Pattern(regexp = "[a-z][a-z0-9_-]{0,99}") @NotNull @DefaultValue("sluice-events")
                    String prefix,
            @Min(1) @DefaultValue("1") int shards,
            @Min(0) @DefaultValue("1") int replicas,
            @Pattern(regexp = "-1|[1-9][0-9]*(ms|s|m)") @NotNull @DefaultValue("10s")
                    String refresh) {}

    DailyIndex daily() {
        return new DailyIndex(index.prefix(), index.shards(), index.replicas(), index.refresh());
    }

    Authorization authorization(AwsCredentialsProvider credentials) {
        if (!signing.region().isEmpty()) {
            return new SigV4(credentials, signing.region(), signing.service(), Clock.systemUTC());
        }
        if (endpoint.user().isEmpty()) {
            return Authorization.none();
        }
        String pair = endpoint.user() + ":" + endpoint.password().reveal();
        return Authorization.fixed(
                Map.of(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }
}
