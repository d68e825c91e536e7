package dev.sluice.traffic;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// One browser, phone or crawler with its SDK: who it is, and what it has done so far.
final class Device {

    /// How often and in what form the SDK of a device posts.
    enum Sdk {
        /// Posts soon, few events at a time.
        BROWSER,
        /// Collects for a while.
        APP,
        /// Hands on what many moments gave, up to the most a batch may hold.
        RELAY
    }

    final String anonymousId;
    final Sdk sdk;
    final boolean bot;
    final BodyFormat format;
    final boolean gzip;
    final DeviceTraits traits;
    /// What the clock of the device is ahead of the time.
    final Duration skew;
    /// Who uses the device once signed in; absent for people without an account.
    final @Nullable String accountId;

    final Deque<PlannedEvent> toRepeat = new ArrayDeque<>();
    @Nullable String userId;
    @Nullable Visit visit;
    Instant lastEvent = Instant.EPOCH;

    Device(
            String anonymousId,
            DeviceTraits traits,
            Sdk sdk,
            BodyFormat format,
            boolean gzip,
            Duration skew,
            @Nullable String accountId) {
        this.anonymousId = anonymousId;
        this.traits = traits;
        this.sdk = sdk;
        this.bot = traits.kind().equals(DeviceTraits.BOT);
        this.format = format;
        this.gzip = gzip;
        this.skew = skew;
        this.accountId = accountId;
    }

    int batchSize(Dice dice) {
        return switch (sdk) {
            case BROWSER -> dice.chance(0.35) ? 1 : dice.between(2, 8);
            case APP -> dice.between(5, 25);
            case RELAY -> dice.between(20, PlannedBatch.MAX_EVENTS);
        };
    }
}
