package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.TransientFailure;

import java.util.ArrayDeque;
import java.util.Deque;

/// Failures on request for {@link MemoryObjectStore}. Thread-safe.
public final class MemoryObjectFaults {

    private final Deque<RuntimeException> calls = new ArrayDeque<>();
    private final Deque<RuntimeException> publications = new ArrayDeque<>();
    private int lostAnswers;
    private int damagedReads;
    private boolean away;
    private boolean refusing;

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

    /// The next reads of objects, so many, give their content with a bit flipped in the middle. The
    /// objects stay as they are.
    public synchronized void damageNextReads(int count) {
        damagedReads += count;
    }

    /// Every call throws a transient failure and has no effect, until {@link #heal()}.
    public synchronized void goAway() {
        away = true;
    }

    /// Every publication throws a transient failure and has no effect, until {@link #heal()}.
    public synchronized void failPublications() {
        refusing = true;
    }

    /// Forgets every failure that was asked for.
    public synchronized void heal() {
        calls.clear();
        publications.clear();
        lostAnswers = 0;
        damagedReads = 0;
        away = false;
        refusing = false;
    }

    synchronized void beforeCall(String uri) {
        if (away) {
            throw new TransientFailure(uri + ": the store is away");
        }
        throwFirst(calls);
    }

    synchronized void beforePublish(String uri) {
        beforeCall(uri);
        if (refusing) {
            throw new TransientFailure(uri + ": the store refuses to publish");
        }
        throwFirst(publications);
    }

    synchronized boolean answerLost() {
        return lostAnswers > 0 && lostAnswers-- > 0;
    }

    /// @param content is changed, if a read is to be damaged
    synchronized byte[] afterRead(byte[] content) {
        if (damagedReads > 0 && content.length > 0) {
            damagedReads--;
            content[content.length / 2] ^= 1;
        }
        return content;
    }

    private static void throwFirst(Deque<RuntimeException> failures) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
