package dev.sluice.runtime.reference;

import java.util.Optional;

/// Where a {@link Reference} comes from. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the place cannot be reached.
///
/// @param <T> what is made of it, immutable
public interface ReferenceSource<T> {

    /// A text that is another one whenever there is something else to read; empty when there is
    /// nothing. Cheap.
    Optional<String> version();

    /// What is there now; may be newer than the version asked for before. Throws what says why it
    /// cannot be used.
    T read();

    /// Where it is, for messages.
    String place();
}
