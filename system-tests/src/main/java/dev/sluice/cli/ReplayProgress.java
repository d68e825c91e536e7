package dev.sluice.cli;

import dev.sluice.replay.ReplayRun;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Tells how far a replay is and when it may be done, every few seconds.
final class ReplayProgress implements Consumer<ReplayRun.Progress> {

    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private final long started = System.nanoTime();
    private long told = started - EVERY;
    private double before = -1;

    ReplayProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(ReplayRun.Progress progress) {
        long now = System.nanoTime();
        boolean done = progress.finished() == progress.items();
        if (!done && now - told < EVERY) {
            return;
        }
        before = before < 0 ? progress.part() : before;
        out.printf(
                Locale.ROOT,
                "%6.1f s  %d of %d items, %.0f %%, %s%n",
                (now - started) / 1e9,
                progress.finished(),
                progress.items(),
                100 * progress.part(),
                done ? "done" : left(progress.part(), now));
        out.flush();
        told = now;
    }

    /// What others or an earlier attempt had done tells nothing of the pace.
    private String left(double part, long now) {
        double ours = part - before;
        if (ours <= 0) {
            return "time left unknown";
        }
        double seconds = (now - started) / 1e9 * (1 - part) / ours;
        return String.format(Locale.ROOT, "about %.0f s left", seconds);
    }
}
