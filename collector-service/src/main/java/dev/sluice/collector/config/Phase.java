package dev.sluice.collector.config;

import org.springframework.context.SmartLifecycle;

import java.util.function.Consumer;

/// Something that is done once, when the application ends.
final class Phase implements SmartLifecycle {

    private final int phase;
    private final Consumer<Runnable> end;
    private volatile boolean running;

    /// @param phase the higher, the sooner
    /// @param end does it and runs what it is given when it is done
    Phase(int phase, Consumer<Runnable> end) {
        this.phase = phase;
        this.end = end;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        end.accept(callback);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
