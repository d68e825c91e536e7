package dev.sluice.runtime.config;

import dev.sluice.runtime.kcl.KclConsumerConfig;
import dev.sluice.runtime.kcl.KclTuning;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import software.amazon.kinesis.metrics.MetricsLevel;

import java.time.Duration;

/// `sluice.kcl.*`: how this task reads streams. Ranges and meaning are those of [KclTuning], whose
/// defaults these are.
///
/// @param worker names this task among those of its application; its host name when missing. Stable
///     over restarts, and never the same for two tasks that run at once
@Validated
@ConfigurationProperties("sluice.kcl")
public record KclProperties(
        @Nullable String worker,
        @DefaultValue("10s") Duration failoverTime,
        @DefaultValue("500ms") Duration idleBetweenReads,
        @DefaultValue("10000") int maxRecordsPerRead,
        @DefaultValue("10s") Duration checkpointInterval,
        @DefaultValue("12s") Duration shutdownTimeout,
        @DefaultValue("60s") Duration stuckAfter,
        @DefaultValue("200ms") Duration dispatchInterval,
        @DefaultValue("1s") Duration parentPollInterval,
        @DefaultValue("4") int leasesToStealAtOnce,
        @DefaultValue("true") boolean seedLeases,
        @DefaultValue("NONE") MetricsLevel metricsLevel) {

    String workerOrHost() {
        return worker == null || worker.isBlank() ? KclConsumerConfig.hostName() : worker;
    }

    /// @throws IllegalArgumentException if a value is outside its range
    KclTuning tuning() {
        return new KclTuning(
                failoverTime,
                idleBetweenReads,
                maxRecordsPerRead,
                checkpointInterval,
                shutdownTimeout,
                stuckAfter,
                dispatchInterval,
                parentPollInterval,
                leasesToStealAtOnce,
                seedLeases,
                metricsLevel);
    }
}
