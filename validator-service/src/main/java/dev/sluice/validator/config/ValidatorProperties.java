package dev.sluice.validator.config;

import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.runtime.config.KeyListProperties;
import dev.sluice.runtime.config.ReferenceProperties;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.process.duplicate.SeenIds;
import dev.sluice.validator.process.time.TimeBounds;

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

/// What the validator reads, accepts and writes.
///
/// @param application names the fleet of validators and its lease table
/// @param rawStream is read
/// @param validStream gets what is valid
/// @param quarantineStream gets what is refused
/// @param contracts where they come from
/// @param maxEventSize of all sections of an event, at most 900 KB: with what later stages add it
///     must go into one frame of 1 MiB, even if it does not compress
/// @param sliceSize how much of a batch is decompressed at a time
/// @param frameSize compressed size at which a frame is closed
/// @param times when an event may have happened
/// @param unknownTypes what becomes of events without a contract
/// @param suppressions the list of those who were erased
/// @param subjectSecret under which that list is written
/// @param duplicates how copies are recognised
@Validated
@ConfigurationProperties("sluice.validator")
record ValidatorProperties(
        @NotBlank @DefaultValue("sluice-validator") String application,
        @NotBlank @DefaultValue(Streams.RAW) String rawStream,
        @NotBlank @DefaultValue(Streams.VALID) String validStream,
        @NotBlank @DefaultValue(Streams.QUARANTINE) String quarantineStream,
        @NotNull @Valid @DefaultValue ReferenceProperties contracts,
        @NotNull @DefaultValue("768KB") DataSize maxEventSize,
        @NotNull @DefaultValue("32MB") DataSize sliceSize,
        @NotNull @DefaultValue("64KB") DataSize frameSize,
        @NotNull @Valid @DefaultValue Times times,
        @NotNull @Valid @DefaultValue UnknownTypeProperties unknownTypes,
        @NotNull @Valid @DefaultValue KeyListProperties suppressions,
        @NotNull @DefaultValue("") SubjectSecret subjectSecret,
        @NotNull @Valid @DefaultValue Duplicates duplicates) {

    private static final DataSize LARGEST_EVENT = DataSize.ofKilobytes(900);

    @AssertTrue(message = "sizes must be positive, max-event-size at most 900KB")
    boolean isSizesInRange() {
        return positive(maxEventSize)
                && positive(sliceSize)
                && positive(frameSize)
                && maxEventSize.compareTo(LARGEST_EVENT) <= 0;
    }

    /// For one thread.
    ///
    /// @throws IllegalArgumentException if there is no secret, or one that is too short
    SubjectKeys subjectKeys() {
        return new SubjectKeys(subjectSecret);
    }

    private static boolean positive(DataSize size) {
        return size.toBytes() > 0;
    }

    /// @param maxAhead at most this long after its receipt
    /// @param maxAge at most this long before; the age at which the archive ends
    record Times(
            @NotNull @DefaultValue("24h") Duration maxAhead,
            @NotNull @DefaultValue("180d") Duration maxAge) {

        TimeBounds bounds() {
            return new TimeBounds(maxAhead, maxAge);
        }
    }

    /// @param window how long after an event its copies are recognised, by arrival
    /// @param maxBytes of the heap that the ids of one shard may take; past it the oldest are
    ///     forgotten before the window is over, which is counted
    record Duplicates(
            @NotNull @DurationMin(seconds = 1) @DefaultValue("60m") Duration window,
            @NotNull @DefaultValue("512MB") DataSize maxBytes) {

        private static final DataSize LEAST = DataSize.ofMegabytes(1);
        private static final DataSize MOST = DataSize.ofGigabytes(32);

        @AssertTrue(message = "duplicates.max-bytes must be from 1MB to 32GB")
        boolean isMaxBytesInRange() {
            return maxBytes.compareTo(LEAST) >= 0 && maxBytes.compareTo(MOST) <= 0;
        }

        SeenIds seenIds(ValidatorMetrics metrics) {
            return new SeenIds(window, maxBytes.toBytes(), metrics::evicted);
        }
    }

    /// @param otherwise for tenants without a policy of their own among the contracts
    record UnknownTypeProperties(@NotNull @DefaultValue("quarantine") UnknownTypes otherwise) {}
}
