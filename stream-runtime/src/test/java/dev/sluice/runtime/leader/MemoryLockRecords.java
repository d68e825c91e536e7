package dev.sluice.runtime.leader;

import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A lock's record in memory. Thread-safe.
public final class MemoryLockRecords implements LockRecords {

    private final AtomicReference<@Nullable LockRecord> last = new AtomicReference<>();
    private volatile boolean away;
    private volatile boolean loseAnswers;

    /// Every call fails until it is back.
    public void setAway(boolean away) {
        this.away = away;
    }

    /// Writes take effect and answer as a repeated request does: not any more.
    public void loseAnswers() {
        loseAnswers = true;
    }

    @Override
    public Optional<LockRecord> read() {
        failIfAway();
        return Optional.ofNullable(last.get());
    }

    @Override
    public boolean replace(@Nullable LockRecord expected, LockRecord next) {
        failIfAway();
        LockRecord now = last.get();
        boolean matches = expected == null ? now == null : expected.equals(now);
        return matches && last.compareAndSet(now, next) && !loseAnswers;
    }

    private void failIfAway() {
        if (away) {
            throw new TransientFailure("the lock is away");
        }
    }
}
