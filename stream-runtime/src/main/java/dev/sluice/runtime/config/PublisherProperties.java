package dev.sluice.runtime.config;

import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.PublisherConfig;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How records are published.
///
/// @param deadline how long a value may take to be stored before its sender is told
/// @param backoffMin the pause of a shard after its first failure; doubles with every further one
/// @param backoffMax the longest such pause
/// @param mapRefreshInterval how often the shards are listed again while puts fail
/// @param maxRecordsPerPut at most 500, the limit of PutRecords
/// @param maxBytesPerPut at most 5 MiB, the limit of PutRecords
/// @param group how many senders' values are packed together
@Validated
@ConfigurationProperties("sluice.publisher")
record PublisherProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("10s") Duration deadline,
        @NotNull @DurationMin(millis = 1) @DefaultValue("50ms") Duration backoffMin,
        @NotNull @DurationMin(millis = 1) @DefaultValue("2s") Duration backoffMax,
        @NotNull @DurationMin(millis = 1) @DefaultValue("5s") Duration mapRefreshInterval,
        @Min(1) @Max(500) @DefaultValue("500") int maxRecordsPerPut,
        @NotNull @DefaultValue("5MB") DataSize maxBytesPerPut,
        @NotNull @Valid @DefaultValue Group group) {

    /// @param linger how far apart calls start at least
    /// @param frameSize a batch is closed at this size, before compression
    /// @param maxInFlight more than this is refused
    /// @param maxPutsInFlight calls under way at once
    /// @param closeTimeout how long a stop waits for what was accepted
    record Group(
            @NotNull @DurationMin @DurationMax(millis = 50) @DefaultValue("5ms") Duration linger,
            @NotNull @DefaultValue("256KB") DataSize frameSize,
            @NotNull @DefaultValue("128MB") DataSize maxInFlight,
            @Min(1) @DefaultValue("8") int maxPutsInFlight,
            @NotNull @DurationMin @DefaultValue("10s") Duration closeTimeout) {}

    PublisherConfig publisherConfig() {
        return new PublisherConfig(
                deadline,
                backoffMin,
                backoffMax,
                mapRefreshInterval,
                maxRecordsPerPut,
                Math.toIntExact(maxBytesPerPut.toBytes()));
    }

    GroupCommitConfig groupCommitConfig() {
        return new GroupCommitConfig(
                publisherConfig(),
                group.linger(),
                Math.toIntExact(group.frameSize().toBytes()),
                group.maxInFlight().toBytes(),
                group.maxPutsInFlight(),
                group.closeTimeout());
    }
}
