package dev.sluice.gdpr.store;

/// One store of what is known of persons. Every call throws
/// {@link dev.sluice.runtime.failure.TransientFailure} when the store cannot be reached, and
/// {@link dev.sluice.runtime.failure.SetupFailure} when it is missing, refuses, or holds what
/// cannot be read.
public interface ErasableStore {

    /// For people and for the journal, such as `quarantine`; never changes.
    String name();

    /// Everything the store holds of these subjects.
    Holdings find(Subjects whose);

    /// Returns when nothing of it is left. Doing it again, wholly or after a part, is right.
    ///
    /// @param held what was found of them, also before an interruption
    void erase(Subjects whose, Holdings held);
}
