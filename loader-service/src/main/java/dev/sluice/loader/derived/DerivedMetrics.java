package dev.sluice.loader.derived;

import io.micrometer.core.instrument.MeterRegistry;

/// The meter of the derived stream: `sluice.derived.lines{outcome}`, where received is the sum of
/// published, superseded (another line of the window says more, or the same), suppressed (the
/// person was erased), rejected (quarantined), and passed_over (not for the warehouse).
public final class DerivedMetrics {

    private static final String LINES = "sluice.derived.lines";

    private final MeterRegistry registry;

    public DerivedMetrics(MeterRegistry registry) {
        this.registry = registry;
        published(new Tally(0, 0, 0, 0, 0));
    }

    /// The lines of a window.
    record Tally(int received, int published, int suppressed, int rejected, int passedOver) {

        int superseded() {
            return received - published - suppressed - rejected - passedOver;
        }
    }

    void published(Tally tally) {
        count("received", tally.received());
        count("published", tally.published());
        count("superseded", tally.superseded());
        count("suppressed", tally.suppressed());
        count("rejected", tally.rejected());
        count("passed_over", tally.passedOver());
    }

    private void count(String outcome, int lines) {
        registry.counter(LINES, "outcome", outcome).increment(lines);
    }
}
