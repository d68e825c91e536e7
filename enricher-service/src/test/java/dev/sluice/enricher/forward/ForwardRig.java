package dev.sluice.enricher.forward;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.egress.DomainMetrics;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryEventBus;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import tools.jackson.databind.json.JsonMapper;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The forwarder between a stream, a bus and a bucket in memory, with everything it does in one
/// log.
final class ForwardRig {

    static final StreamName DERIVED = new StreamName(Streams.DERIVED);

    private static final InstantSource CLOCK = InstantSource.fixed(Fixtures.NOW);

    final EffectLog log = new EffectLog();
    final MemoryStreams streams = new MemoryStreams(CLOCK, log);
    final MemoryEventBus bus = new MemoryEventBus("orders", log);
    final MemoryObjectStore objects = new MemoryObjectStore("lake", CLOCK, log);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryConsumer consumer;

    /// @param batch the most records of one
    ForwardRig(int batch) {
        streams.create(DERIVED, 1);
        DerivedIngress ingress = new DerivedIngress("sluice");
        DeadLetters deadLetters = new DeadLetters(objects, bus.name());
        DomainMetrics metrics = new DomainMetrics(meters);
        consumer =
                new MemoryConsumer(
                        streams,
                        DERIVED,
                        _ -> new ForwardPipeline(ingress, bus, deadLetters, metrics),
                        new MemoryLeases(),
                        batch,
                        1);
        consumer.start();
    }

    static DomainEvent event(String id) {
        return event(id, "{\"total\":4.5}");
    }

    static DomainEvent event(String id, String detail) {
        return new DomainEvent(
                "shop",
                id + "/purchase_completed",
                "purchase_completed",
                Fixtures.NOW,
                JsonMapper.shared().readTree(detail));
    }

    /// Puts a record on the derived stream, and forgets that.
    void feed(Derived... derived) {
        DerivedBatch.encode(List.of(derived)).forEach(this::feed);
    }

    void feed(byte[] record) {
        streams.put(DERIVED, List.of(new OutgoingRecord(HashKey.MIN, record)));
        log.clear();
    }

    /// Ids of what the bus took, in order.
    List<String> ids() {
        return bus.taken().stream()
                .map(event -> JsonMapper.shared().readTree(event.detail()).path("id").asString())
                .map(id -> id.replace("/purchase_completed", ""))
                .toList();
    }

    double count(String outcome) {
        return Optional.ofNullable(
                        meters.find("sluice.domain.events")
                                .tags("rule", "purchase_completed", "outcome", outcome)
                                .counter())
                .map(Counter::count)
                .orElse(0.0);
    }
}
