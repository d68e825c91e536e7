package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/// Tells a person what long work is doing, with the seconds since it began.
final class Progress implements Consumer<String> {

    private final PrintWriter out;
    private final long started = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(String step) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - started) / 1e9, step);
        out.flush();
    }
}
