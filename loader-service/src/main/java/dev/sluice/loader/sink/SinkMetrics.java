package dev.sluice.loader.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.function.Supplier;

/// The meters of one sink. `sluice.sink.events{sink,outcome}`: received is the sum of written,
/// superseded (the sink has a newer one), filtered (the rules leave it out), suppressed (the person
/// was erased), refused (a dead letter) and unreadable (quarantined by the publish loop).
/// `sluice.sink.write{sink}`: how long the sink takes to answer.
public final class SinkMetrics {

    private final MeterRegistry registry;
    private final String sink;
    private final Timer writes;

    /// @param sink its name
    public SinkMetrics(MeterRegistry registry, String sink) {
        this.registry = registry;
        this.sink = sink;
        this.writes = registry.timer("sluice.sink.write", "sink", sink);
        recorded(new SinkTally());
    }

    SinkAnswer timed(Supplier<SinkAnswer> write) {
        return writes.record(write);
    }

    void recorded(SinkTally tally) {
        count("received", tally.received());
        count("written", tally.written);
        count("superseded", tally.superseded);
        count("filtered", tally.filtered);
        count("suppressed", tally.suppressed);
        count("refused", tally.refused);
        count("unreadable", tally.unreadable);
    }

    private void count(String outcome, int events) {
        registry.counter("sluice.sink.events", "sink", sink, "outcome", outcome).increment(events);
    }
}
