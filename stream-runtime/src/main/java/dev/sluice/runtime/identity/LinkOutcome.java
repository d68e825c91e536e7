package dev.sluice.runtime.identity;

/// What became of a link.
public sealed interface LinkOutcome {

    /// It is stored, now or before.
    ///
    /// @param links all of that id, as far as others have come
    record Linked(LinkHistory links) implements LinkOutcome {}

    /// The person has as many ids as one may have. Nothing links the id to it.
    record PersonFull() implements LinkOutcome {}

    /// The id has as many links as one may have.
    record IdFull() implements LinkOutcome {}

    /// It may be stored or not; doing it again is right.
    ///
    /// @param why a [dev.sluice.runtime.failure.TransientFailure] or
    ///     [dev.sluice.runtime.failure.SetupFailure]
    record Failed(RuntimeException why) implements LinkOutcome {}
}
