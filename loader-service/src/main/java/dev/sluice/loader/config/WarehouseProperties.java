package dev.sluice.loader.config;

import dev.sluice.loader.warehouse.LoadBackoff;
import dev.sluice.loader.warehouse.LoopTiming;
import dev.sluice.loader.warehouse.WarehouseLimits;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The warehouse and the loop that loads it.
///
/// @param enabled whether this task stands for leader
/// @param jdbcUrl of Amazon Redshift
/// @param user none when the URL says how to get credentials (`jdbc:redshift:iam:`)
/// @param password of the user
/// @param connectTimeout how long a turn waits for a connection
/// @param iamRole with which the warehouse reads the bucket: an ARN, or `default`
/// @param copyMargin copies of an event are looked for among rows that happened so much before and
///     after it
/// @param interval between two loads while few files wait
/// @param maxFiles of one load
/// @param maxRows of one load, unless a single file has more
/// @param maxSize of the files of one load, unless a single one is larger
/// @param attempts with one file alone, after which it is set aside
/// @param backoff after failures
/// @param stop how the loop ends
@Validated
@ConfigurationProperties("sluice.loader.warehouse")
record WarehouseProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank @DefaultValue("jdbc:redshift://localhost:5439/dev") String jdbcUrl,
        @Nullable String user,
        @Nullable Secret password,
        @NotNull @DurationMin(millis = 250) @DefaultValue("5s") Duration connectTimeout,
        @NotBlank @DefaultValue("default") String iamRole,
        @NotNull @DurationMin(millis = 0) @DefaultValue("24h") Duration copyMargin,
        @NotNull @DurationMin(millis = 1) @DefaultValue("1s") Duration interval,
        @Min(1) @Max(1000) @DefaultValue("500") int maxFiles,
        @Min(1) @DefaultValue("200000") long maxRows,
        @NotNull @DefaultValue("256MB") DataSize maxSize,
        @Min(1) @DefaultValue("3") int attempts,
        @NotNull @Valid @DefaultValue Backoff backoff,
        @NotNull @Valid @DefaultValue Stop stop) {

    /// @param min the pause after the first failure; doubles with every further one
    /// @param max the longest such pause
    /// @param probe how often it is looked within a pause whether the warehouse is back
    /// @param conflict the pause after a conflict with another transaction
    /// @param conflicts in a row that are followed by so short a pause
    /// @param busy the pause while the warehouse has too many connections or queries, or no space
    /// @param setup the pause while somebody has to change something
    record Backoff(
            @NotNull @DurationMin(millis = 1) @DefaultValue("500ms") Duration min,
            @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration max,
            @NotNull @DurationMin(millis = 1) @DefaultValue("1s") Duration probe,
            @NotNull @DurationMin(millis = 1) @DefaultValue("100ms") Duration conflict,
            @Min(0) @DefaultValue("5") int conflicts,
            @NotNull @DurationMin(millis = 1) @DefaultValue("15s") Duration busy,
            @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration setup) {

        @AssertTrue(message = "max must not be below min")
        boolean isOrdered() {
            return max.compareTo(min) >= 0;
        }

        LoadBackoff pauses() {
            return new LoadBackoff(min, max, probe, conflict, conflicts, busy, setup);
        }
    }

    /// @param load whether what waits is loaded before the service ends, if it leads
    /// @param timeout how long a stop waits for loads
    record Stop(
            @DefaultValue("false") boolean load,
            @NotNull @DurationMin(millis = 1) @DefaultValue("8s") Duration timeout) {

        /// How long to go on loading.
        Duration drain() {
            return load ? timeout : Duration.ZERO;
        }
    }

    @AssertTrue(message = "max-size must be positive")
    boolean isSized() {
        return maxSize.toBytes() > 0;
    }

    /// Whether the service logs in itself.
    boolean hasUser() {
        return user != null && !user.isBlank();
    }

    WarehouseLimits limits() {
        return new WarehouseLimits(maxFiles, maxRows, maxSize.toBytes(), attempts);
    }

    LoopTiming timing() {
        return new LoopTiming(interval, backoff.pauses());
    }
}
