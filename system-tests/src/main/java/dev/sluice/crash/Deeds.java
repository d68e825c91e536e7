package dev.sluice.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What was done, with the second at which it was. Thread-safe.
final class Deeds {

    private final Consumer<String> out;
    private final List<Deed> done = new ArrayList<>();
    private long started = System.nanoTime();

    Deeds(Consumer<String> out) {
        this.out = out;
    }

    /// @param at since traffic began
    record Deed(Duration at, String what) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%7.1f s  %s", at.toMillis() / 1000.0, what);
        }
    }

    /// Seconds count from now on.
    synchronized void begin() {
        started = System.nanoTime();
    }

    synchronized void add(String what) {
        Deed deed = new Deed(Duration.ofNanos(System.nanoTime() - started), what);
        done.add(deed);
        out.accept("  ! " + what);
    }

    synchronized List<Deed> all() {
        return List.copyOf(done);
    }
}
