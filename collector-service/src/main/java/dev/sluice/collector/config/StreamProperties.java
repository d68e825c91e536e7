package dev.sluice.collector.config;

import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.PublisherConfig;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How events reach the raw stream.
///
/// @param name of the stream
/// @param frame compressed size at which a frame is closed
/// @param batch bytes of events that are packed together for one shard, before compression
/// @param linger how long the first event of an idle shard waits for company
/// @param timeLimit after which the sender of unconfirmed events is answered 503
/// @param bytesInFlight of events accepted and not yet stored; past it the answer is 503
/// @param putsInFlight calls of PutRecords under way at once
@Validated
@ConfigurationProperties("sluice.collector.stream")
record StreamProperties(
        @NotEmpty String name,
        @NotNull DataSize frame,
        @NotNull DataSize batch,
        @NotNull Duration linger,
        @NotNull Duration timeLimit,
        @NotNull DataSize bytesInFlight,
        @Min(1) @Max(1000) int putsInFlight) {

    /// @param flush how long closing waits for what was accepted
    GroupCommitConfig publishing(Duration flush) {
        return new GroupCommitConfig(
                PublisherConfig.defaults().withDeadline(timeLimit),
                linger,
                Math.toIntExact(batch.toBytes()),
                bytesInFlight.toBytes(),
                putsInFlight,
                flush);
    }
}
