package dev.sluice.enricher.egress;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;

import java.util.List;

/// Puts what follows from events on the stream to the loader and the forwarder of domain events,
/// each on the shard of what it is about.
public final class DerivedStream {

    private final StreamPublisher<Derived> publisher;

    public DerivedStream(StreamPublisher<Derived> publisher) {
        this.publisher = publisher;
    }

    /// Returns when the stream has all of it.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it does not have all of it
    /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist
    public void publish(List<? extends Derived> facts) {
        if (facts.isEmpty()) {
            return;
        }
        publisher.publish(
                facts.stream()
                        .map(fact -> new Keyed<Derived>(HashKey.of(subject(fact)), fact))
                        .toList());
    }

    private static String subject(Derived fact) {
        String id =
                switch (fact) {
                    case SessionChange session -> session.sessionId();
                    case IdentityLink link -> link.idKind() + '/' + link.id();
                    case DomainEvent event -> event.id();
                };
        return fact.tenantId() + '/' + id;
    }
}
