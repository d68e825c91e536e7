package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.loader.publish.WindowLimits;
import dev.sluice.loader.publish.WindowSpace;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.config.ReferenceProperties;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
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

/// The publish loop.
///
/// @param enabled whether this task makes files
/// @param application names the fleet of publishers and its lease table
/// @param stream is read
/// @param quarantineStream gets what does not fit or cannot be read
/// @param contracts where they come from; they say which columns there are
/// @param window how long events wait for others before they are published
/// @param maxWindow how long at most when publishing is slow: a window is open for four times as
///     long as the last one took to publish
/// @param lateWindow how long late events wait for others of their hour; after a crash this much is
///     read again
/// @param maxRows of a window
/// @param maxSize of a window's events, decompressed; is kept in memory for each shard
/// @param maxTotalSize of the events of all windows together; an eighth of the heap when missing,
///     since a row takes about three times the room of its event
/// @param originMarks ranges of keys of the enricher's shards that a shard remembers
@Validated
@ConfigurationProperties("sluice.loader.publish")
record PublishProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank @DefaultValue("sluice-loader") String application,
        @NotBlank @DefaultValue(Streams.ENRICHED) String stream,
        @NotBlank @DefaultValue(Streams.QUARANTINE) String quarantineStream,
        @NotNull @Valid @DefaultValue ReferenceProperties contracts,
        @NotNull @DurationMin(millis = 1) @DefaultValue("10s") Duration window,
        @NotNull @DurationMin(millis = 1) @DefaultValue("20s") Duration maxWindow,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration lateWindow,
        @Min(1) @DefaultValue("100000") int maxRows,
        @NotNull @DefaultValue("64MB") DataSize maxSize,
        @Nullable DataSize maxTotalSize,
        @Min(1) @DefaultValue("8192") int originMarks) {

    private static final long HEAP_PART = 8;

    @AssertTrue(message = "max-size and max-total-size must be positive")
    boolean isMaxSizePositive() {
        return maxSize.toBytes() > 0 && (maxTotalSize == null || maxTotalSize.toBytes() > 0);
    }

    @AssertTrue(message = "max-window must not be shorter than window")
    boolean isMaxWindowInRange() {
        return window.compareTo(maxWindow) <= 0;
    }

    @AssertTrue(message = "late-window must not be shorter than window")
    boolean isLateWindowInRange() {
        return window.compareTo(lateWindow) <= 0;
    }

    WindowAge age() {
        return new WindowAge(window, maxWindow);
    }

    WindowAge lateAge() {
        return WindowAge.of(lateWindow);
    }

    WindowSpace space() {
        return new WindowSpace(
                maxTotalSize == null
                        ? Runtime.getRuntime().maxMemory() / HEAP_PART
                        : maxTotalSize.toBytes());
    }

    WindowLimits limits() {
        return new WindowLimits(maxRows, maxSize.toBytes());
    }
}
