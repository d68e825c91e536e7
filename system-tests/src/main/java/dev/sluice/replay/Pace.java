package dev.sluice.replay;

/// Lets live traffic go first. Thread-safe.
@FunctionalInterface
public interface Pace {

    /// Returns when so many events may be taken.
    ///
    /// @throws InterruptedException if the thread is to end
    void await(int events) throws InterruptedException;
}
