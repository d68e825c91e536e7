package dev.sluice.enricher.config;

import dev.sluice.enricher.process.session.SessionRules;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.Set;

/// When sessions end, and how long they are remembered; see {@link SessionRules}.
@Validated
@ConfigurationProperties("sluice.enricher.sessions")
record SessionProperties(
        @NotNull @DefaultValue("30m") Duration inactivity,
        @NotNull @DefaultValue("2h") Duration watermark,
        @NotNull @DefaultValue("24h") Duration deviceMemory,
        @NotNull @DefaultValue("1m") Duration reportEvery,
        @NotNull @DefaultValue("purchase") Set<String> conversions,
        @DefaultValue("false") boolean newOnCampaign,
        @DefaultValue("false") boolean newAtMidnight,
        @Min(1) @DefaultValue("1000000") int mostDevices) {

    @AssertTrue(
            message =
                    "durations must be positive, and device-memory at least watermark and inactivity"
                            + " together")
    boolean isInRange() {
        return inactivity.isPositive()
                && watermark.isPositive()
                && reportEvery.isPositive()
                && deviceMemory.compareTo(watermark.plus(inactivity)) >= 0;
    }

    SessionRules rules() {
        return new SessionRules(
                inactivity,
                watermark,
                deviceMemory,
                reportEvery,
                conversions,
                newOnCampaign,
                newAtMidnight,
                mostDevices);
    }
}
