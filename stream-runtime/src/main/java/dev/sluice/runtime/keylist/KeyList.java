package dev.sluice.runtime.keylist;

/// A list of keys that is kept where all tasks see it. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the store cannot be reached or is overloaded,
/// and {@link dev.sluice.runtime.failure.SetupFailure} when it is missing, refuses, or holds
/// what is no entry.
public interface KeyList {

    /// A text that is another one after every change. Cheap.
    String version();

    /// Hands over every entry, in no order. Has at least all changes of the version that was read
    /// before.
    void read(Reader reader);

    /// Adds an entry, or takes it in place of the one with its owner and key if its bound is
    /// higher; else nothing changes. Doing it again is right.
    void raise(KeyEntry entry);

    /// Where it is, for messages.
    String place();

    /// Takes the entries.
    @FunctionalInterface
    interface Reader {

        void entry(String owner, long high, long low, long bound);
    }
}
