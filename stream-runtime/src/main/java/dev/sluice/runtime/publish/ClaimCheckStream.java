package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.HashKey;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A stream of values some of which may be too large for a record. Their content is left in the
/// object store, and what goes on the stream is the claim to it (Hohpe and Woolf, "Enterprise
/// Integration Patterns", claim check). Thread-safe.
public final class ClaimCheckStream<E> {

    /// How a value that is too large is told and parted from its content.
    ///
    /// @param key under which the content is left; deterministic, so that storing it again changes
    ///     nothing. Empty for a value that is small enough
    /// @param claim the value that goes on the stream in place of the large one, with that key
    public record Terms<E>(
            Function<E, Optional<String>> key,
            Function<E, byte[]> content,
            BiFunction<E, String, E> claim) {}

    private final StreamPublisher<E> publisher;
    private final ObjectStore objects;
    private final Function<E, String> partitionKey;
    private final Terms<E> terms;

    /// @param partitionKey of a value
    public ClaimCheckStream(
            StreamPublisher<E> publisher,
            ObjectStore objects,
            Function<E, String> partitionKey,
            Terms<E> terms) {
        this.publisher = publisher;
        this.objects = objects;
        this.partitionKey = partitionKey;
        this.terms = terms;
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

    private E sendable(E value) {
        Optional<String> key = terms.key().apply(value);
        key.ifPresent(there -> objects.write(there, terms.content().apply(value)));
        return key.map(there -> terms.claim().apply(value, there)).orElse(value);
    }
}
