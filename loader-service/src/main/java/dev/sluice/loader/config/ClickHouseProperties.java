package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.sink.clickhouse.ClickHouseTable;
import dev.sluice.loader.sink.http.Authorization;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.util.List;
import java.util.Map;

/// The sink for analysis outside of the warehouse.
///
/// @param enabled whether this task writes to ClickHouse
/// @param application names the fleet and its lease table
/// @param stream is read
/// @param endpoint of the HTTP interface
/// @param window what goes there at once
/// @param database that exists
/// @param table made when it is missing
/// @param rules which events; all when there are none
@Validated
@ConfigurationProperties("sluice.loader.clickhouse")
record ClickHouseProperties(
        @DefaultValue("false") boolean enabled,
        @NotBlank @DefaultValue("sluice-clickhouse") String application,
        @NotBlank @DefaultValue(Streams.ENRICHED) String stream,
        @NotNull @Valid @DefaultValue SinkEndpointProperties endpoint,
        @NotNull @Valid @DefaultValue SinkWindowProperties window,
        @Pattern(regexp = IDENTIFIER) @NotNull @DefaultValue("default") String database,
        @Pattern(regexp = IDENTIFIER) @NotNull @DefaultValue("events") String table,
        @NotNull @Valid @DefaultValue List<SinkRuleProperties> rules) {

    private static final String IDENTIFIER = "[a-zA-Z_][a-zA-Z0-9_]{0,63}";

    ClickHouseTable toTable() {
        return new ClickHouseTable(database, table);
    }

    Authorization authorization() {
        return endpoint.user().isEmpty()
                ? Authorization.none()
                : Authorization.fixed(
                        Map.of(
                                "X-ClickHouse-User",
                                endpoint.user(),
                                "X-ClickHouse-Key",
                                endpoint.password().reveal()));
    }
}
