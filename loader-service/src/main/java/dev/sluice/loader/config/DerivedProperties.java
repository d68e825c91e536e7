package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.window.WindowAge;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// Sessions, and links between ids.
///
/// @param enabled whether this task makes files of them
/// @param application names the fleet and its lease table
/// @param stream is read
/// @param window how long lines wait for others before they are written
/// @param maxWindow the longest such time, when writing is slow
/// @param maxLines of a window; kept in memory for each shard
@Validated
@ConfigurationProperties("sluice.loader.derived")
record DerivedProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank @DefaultValue("sluice-loader-derived") String application,
        @NotBlank @DefaultValue(Streams.DERIVED) String stream,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration window,
        @NotNull @DurationMin(millis = 1) @DefaultValue("60s") Duration maxWindow,
        @Min(1) @Max(1_000_000) @DefaultValue("20000") int maxLines) {

    @AssertTrue(message = "max-window must not be shorter than window")
    boolean isMaxWindowInRange() {
        return window.compareTo(maxWindow) <= 0;
    }

    WindowAge age() {
        return new WindowAge(window, maxWindow);
    }
}
