package dev.sluice.loader.pause;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A flag in memory. Thread-safe.
public final class MemoryPauseFlag implements PauseFlag {

    private final AtomicReference<Optional<LoadPause>> pause =
            new AtomicReference<>(Optional.empty());

    @Override
    public Optional<LoadPause> read() {
        return pause.get();
    }

    @Override
    public LoadPause pause(LoadPause wanted) {
        return pause.updateAndGet(now -> now.isPresent() ? now : Optional.of(wanted)).orElseThrow();
    }

    @Override
    public Optional<LoadPause> resume() {
        return pause.getAndSet(Optional.empty());
    }
}
