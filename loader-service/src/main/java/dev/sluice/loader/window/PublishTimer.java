package dev.sluice.loader.window;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tells when what is gathered has waited for long enough.
final class PublishTimer {

    /// It waits for this many times as long as the last publication took, so that publishing takes
    /// a bounded part of the time however slow it is.
    private static final int PATIENCE = 4;

    private final WindowAge bounds;
    private final InstantSource clock;
    private Duration age;
    private @Nullable Instant since;

    PublishTimer(WindowAge bounds, InstantSource clock) {
        this.bounds = bounds;
        this.clock = clock;
        this.age = bounds.min();
    }

    /// Something was gathered; changes nothing if something waits already.
    void begin() {
        if (since == null) {
            since = clock.instant();
        }
    }

    boolean isDue() {
        return since != null && !clock.instant().isBefore(since.plus(age));
    }

    /// Nothing waits any more.
    void reset() {
        since = null;
    }

    /// Publishes; if that throws, everything waits still.
    void publish(Runnable publication) {
        Instant began = clock.instant();
        publication.run();
        age = bounds.bounded(Duration.between(began, clock.instant()).multipliedBy(PATIENCE));
        reset();
    }
}
