package dev.sluice.enricher.egress;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DomainEvent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.List;

/// Counts domain events, `sluice.domain.events{rule,outcome}`: `made` once the derived stream has
/// them, `forwarded` and `refused` once the bus has or will never have them. Made again by a replay
/// is counted again.
public final class DomainMetrics {

    private static final String EVENTS = "sluice.domain.events";

    private final MeterRegistry registry;

    public DomainMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.counter("sluice.domain.records.unreadable");
    }

    /// Of what follows from events only domain events count.
    public void made(List<Derived> facts) {
        for (Derived fact : facts) {
            if (fact instanceof DomainEvent event) {
                count(event.type(), "made");
            }
        }
    }

    public void forwarded(String rule) {
        count(rule, "forwarded");
    }

    public void refused(String rule) {
        count(rule, "refused");
    }

    /// Counts records of the derived stream that cannot be read.
    public void unreadable(int records) {
        registry.counter("sluice.domain.records.unreadable").increment(records);
    }

    private void count(String rule, String outcome) {
        registry.counter(EVENTS, Tags.of("rule", rule, "outcome", outcome)).increment();
    }
}
