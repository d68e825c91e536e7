package dev.sluice.loader.config;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.config.KeyListProperties;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The quarantine.
///
/// @param enabled whether this task brings quarantine records into the bucket and the load queue
/// @param application names the fleet and its lease table
/// @param stream is read
/// @param window how long records wait for others before they are written
/// @param maxWindow the longest such time, when writing is slow
/// @param suppressions the list of those who were erased
/// @param subjectSecret under which that list is written
/// @param maxSize of the originals of a window; kept in memory for each shard
@Validated
@ConfigurationProperties("sluice.loader.quarantine")
record QuarantineProperties(
        @DefaultValue("true") boolean enabled,
        @NotBlank @DefaultValue("sluice-quarantine") String application,
        @NotBlank @DefaultValue(Streams.QUARANTINE) String stream,
        @NotNull @DurationMin(millis = 1) @DefaultValue("30s") Duration window,
        @NotNull @DurationMin(millis = 1) @DefaultValue("60s") Duration maxWindow,
        @NotNull @Valid @DefaultValue KeyListProperties suppressions,
        @NotNull @DefaultValue("") SubjectSecret subjectSecret,
        @NotNull @DefaultValue("16MB") DataSize maxSize) {

    @AssertTrue(message = "max-size must be positive and below 1GB")
    boolean isMaxSizeInRange() {
        return maxSize.toBytes() > 0 && maxSize.toGigabytes() < 1;
    }

    @AssertTrue(message = "max-window must not be shorter than window")
    boolean isMaxWindowInRange() {
        return window.compareTo(maxWindow) <= 0;
    }

    WindowAge age() {
        return new WindowAge(window, maxWindow);
    }
}
