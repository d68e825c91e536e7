package dev.sluice.runtime.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/// Failures on request for {@link MemoryObjectStore}. Thread-safe.
public final class MemoryObjectFaults {

    private final Deque<RuntimeException> calls = new ArrayDeque<>();
    private final Deque<RuntimeException> publications = new ArrayDeque<>();
    private int lostAnswers;

    MemoryObjectFaults() {}

    /// The next call, of whatever kind, throws and has no effect. Further ones queue up.
    public synchronized void throwOnNextCall(RuntimeException failure) {
        calls.add(failure);
    }

    /// The next publication throws and has no effect. Further ones queue up.
    public synchronized void throwOnNextPublish(RuntimeException failure) {
        publications.add(failure);
    }

    /// The next publication takes effect and its answer is lost: it throws a transient failure.
    public synchronized void loseNextAnswer() {
        lostAnswers++;
    }

    /// Forgets every failure that was asked for.
    public synchronized void heal() {
        calls.clear();
        publications.clear();
        lostAnswers = 0;
    }

    synchronized void beforeCall() {
        throwFirst(calls);
    }

    synchronized void beforePublish() {
        throwFirst(calls);
        throwFirst(publications);
    }

    synchronized boolean answerLost() {
        return lostAnswers > 0 && lostAnswers-- > 0;
    }

    private static void throwFirst(Deque<RuntimeException> failures) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
