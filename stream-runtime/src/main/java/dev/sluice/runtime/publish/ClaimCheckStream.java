package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.stream.HashKey;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A stream of values some of which may be too large for a record. Their content is left in the
/// object store, and what goes on the stream is the claim to it (Hohpe and Woolf, "Enterprise
/// Integration Patterns", claim check). Thread-safe.
public final class ClaimCheckStream<E> implements HealthSource {

    /// What is left in the store, and the value that goes on the stream in place of the large one.
    ///
    /// @param key deterministic, so that storing the content again changes nothing
    public record Claim<E>(String key, byte[] content, E value) {}

    private final StreamPublisher<E> publisher;
    private final ObjectStore objects;
    private final Function<E, String> partitionKey;
    private final Function<E, Optional<Claim<E>>> claims;

    /// @param partitionKey of a value
    /// @param claims of a value that is too large for a record; empty for any other
    public ClaimCheckStream(
            StreamPublisher<E> publisher,
            ObjectStore objects,
            Function<E, String> partitionKey,
            Function<E, Optional<Claim<E>>> claims) {
        this.publisher = publisher;
        this.objects = objects;
        this.partitionKey = partitionKey;
        this.claims = claims;
    }

    /// Returns when stream and store have every value.
    ///
    /// @throws TransientFailure if they do not have all of them; some may be there already
    /// @throws dev.sluice.runtime.failure.SetupFailure if stream or bucket is missing
    public void publish(List<E> values) {
        publisher.publish(
                values.stream()
                        .map(
                                value ->
                                        new Keyed<>(
                                                HashKey.of(partitionKey.apply(value)),
                                                sendable(value)))
                        .toList());
    }

    @Override
    public HealthReport health() {
        return publisher.health();
    }

    private E sendable(E value) {
        Optional<Claim<E>> claim = claims.apply(value);
        claim.ifPresent(this::store);
        return claim.map(Claim::value).orElse(value);
    }

    private void store(Claim<E> claim) {
        try (PendingObject object = objects.begin(claim.key())) {
            object.content().write(claim.content());
            object.publish();
        } catch (IOException e) {
            throw new TransientFailure("cannot write " + objects.uri(claim.key()), e);
        }
    }
}
