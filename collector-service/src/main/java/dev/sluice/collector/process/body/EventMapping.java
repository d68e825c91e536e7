package dev.sluice.collector.process.body;

import dev.sluice.contracts.rejection.Rejection;

import java.util.Optional;

/// From one event in a foreign form to the canonical one. Pure.
///
/// @param <T> the foreign form
@FunctionalInterface
public interface EventMapping<T> {

    /// @param out takes the canonical event
    /// @return why there can be none, if so
    Optional<Rejection> map(T event, CanonicalEvent out);
}
