package dev.sluice.collector.producers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One write key of a producer. While a key is being rotated a producer has two.
///
/// @param expiresAt from when on it opens nothing; null for never
public record ProducerKey(
        KeyHash hash, Producer producer, Instant createdAt, @Nullable Instant expiresAt) {

    public boolean livesAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    public ProducerKey expiring(Instant at) {
        return new ProducerKey(hash, producer, createdAt, at);
    }
}
