package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.pii.Redaction;

import java.util.ArrayList;
import java.util.List;

/// What follows from events, as it may go on: without what is personal, and with the domain events
/// that rules make of it.
public final class Consequences {

    private final Redaction redaction;
    private final DomainEvents domainEvents;

    public Consequences(Redaction redaction, DomainEvents domainEvents) {
        this.redaction = redaction;
        this.domainEvents = domainEvents;
    }

    /// Of a fact that an enrichment found.
    public List<Derived> of(Derived fact) {
        Derived redacted = redaction.apply(fact);
        List<Derived> all = new ArrayList<>(2);
        all.add(redacted);
        if (redacted instanceof SessionChange session) {
            all.addAll(domainEvents.of(session));
        }
        return all;
    }

    /// Of an event itself.
    ///
    /// @param enriched after its redaction
    List<? extends Derived> of(EventView event, SectionedEvent enriched) {
        return domainEvents.of(event.envelope(), enriched);
    }
}
