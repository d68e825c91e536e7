package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.copy.LoadFailure;
import dev.sluice.local.redshift.copy.LoadProgress;
import dev.sluice.local.redshift.sql.CopyCommand;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The COPY commands of one Query or Execute, run one after the other while the server is in
/// copy-in mode. The client's thread streams, the server's thread says when the server is ready and
/// when all is over.
final class CopyRun {

    /// Answer of the server: the number of columns it takes, or that there is nothing more to copy.
    sealed interface Signal {
        record Ready(int columns) implements Signal {}

        record Ended() implements Signal {}
    }

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final List<CopyTarget> targets;
    private int next;
    private volatile boolean over;
    private volatile Optional<LoadFailure> failure = Optional.empty();
    private volatile Optional<LoadProgress> progress = Optional.empty();
    private volatile Optional<CopyCommand> current = Optional.empty();

    CopyRun(List<CopyTarget> targets) {
        this.targets = List.copyOf(targets);
    }

    void ready(int columns) {
        signals.add(new Signal.Ready(columns));
    }

    /// The statement is answered, failed or will never be answered.
    void ended() {
        over = true;
        signals.add(new Signal.Ended());
    }

    Signal await() throws InterruptedException {
        return signals.take();
    }

    boolean isOver() {
        return over;
    }

    CopyTarget start(LoadProgress newProgress) {
        CopyTarget target = targets.get(next++);
        progress = Optional.of(newProgress);
        current = Optional.of(target.command());
        return target;
    }

    /// The server has taken the current load; what follows is about other statements.
    void loaded() {
        current = Optional.empty();
    }

    void failed(LoadFailure reason) {
        failure = Optional.of(reason);
    }

    Optional<LoadFailure> failure() {
        return failure;
    }

    Optional<LoadProgress> progress() {
        return progress;
    }

    /// The command that is loading now.
    Optional<CopyCommand> current() {
        return current;
    }
}
