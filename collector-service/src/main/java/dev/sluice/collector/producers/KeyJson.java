package dev.sluice.collector.producers;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// A key as both stores write it.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyJson(
        String keySha256,
        String tenantId,
        String sourceId,
        @Nullable Set<String> origins,
        @Nullable Set<String> protocols,
        @Nullable String signingSecret,
        @Nullable Long eventsPerSecond,
        @Nullable Long bytesPerSecond,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt) {

    static KeyJson of(ProducerKey key) {
        Producer producer = key.producer();
        SigningSecret signing = producer.signing();
        return new KeyJson(
                key.hash().hex(),
                producer.tenantId().value(),
                producer.sourceId().value(),
                new TreeSet<>(producer.origins()),
                new TreeSet<>(producer.protocols()),
                signing == null ? null : signing.value(),
                producer.eventsPerSecond(),
                producer.bytesPerSecond(),
                key.createdAt(),
                key.expiresAt());
    }

    /// @throws IllegalArgumentException if it is no key
    ProducerKey key() {
        return new ProducerKey(
                new KeyHash(keySha256),
                new Producer(
                        new TenantId(tenantId),
                        new SourceId(sourceId),
                        origins == null ? Set.of() : origins,
                        protocols == null ? Set.of() : protocols,
                        signingSecret == null ? null : new SigningSecret(signingSecret),
                        eventsPerSecond == null ? 0 : eventsPerSecond,
                        bytesPerSecond == null ? 0 : bytesPerSecond),
                createdAt == null ? Instant.EPOCH : createdAt,
                expiresAt);
    }

    /// Neither hash nor secret.
    @Override
    public String toString() {
        return "KeyJson[" + tenantId + "/" + sourceId + "]";
    }
}
