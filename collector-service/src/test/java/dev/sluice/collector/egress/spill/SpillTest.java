package dev.sluice.collector.egress.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.leader.MemoryLockRecords;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.Keyed;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Events that go to the bucket and come back to the stream.
class SpillTest {

    private static final SpillConfig CONFIG =
            new SpillConfig(10_000, 4_000, 2, Duration.ofMillis(1), Duration.ofSeconds(5));

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-26T10:00:00Z"));
    private final InstantSource clock = now::get;
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> sentOn = new ArrayList<>();
    private @Nullable RuntimeException streamFailure;
    private boolean streamIsWell = true;

    @Test
    void keepsEventsInTheBucketAndSendsThemOnOldestFirst() {
        SpillWriter writer = writer();
        writer.store(List.of(event("1"), event("2")));
        now.set(now.get().plusSeconds(3600));
        writer.store(List.of(event("3")));

        assertThat(keys(SpillKeys.PREFIX)).hasSize(2);
        assertThat(drainer(new SoleLeader(1)).drain()).isFalse();
        assertThat(sentOn).containsExactly("1", "2", "3");
        assertThat(keys(SpillKeys.PREFIX)).isEmpty();
        assertThat(writer.bytes()).isZero();
    }

    @Test
    void keepsAnObjectUntilTheStreamHasAllOfIt() {
        writer().store(List.of(event("1")));
        streamFailure = new TransientFailure("stream raw: no");
        SpillDrainer drainer = drainer(new SoleLeader(1));

        assertThatThrownBy(drainer::drain).hasMessage("stream raw: no");
        assertThat(keys(SpillKeys.PREFIX)).hasSize(1);

        streamFailure = null;
        drainer.drain();
        assertThat(sentOn).containsExactly("1", "1");
        assertThat(keys(SpillKeys.PREFIX)).isEmpty();
    }

    @Test
    void waitsUntilTheStreamIsWell() {
        writer().store(List.of(event("1")));
        streamIsWell = false;

        assertThat(drainer(new SoleLeader(1)).drain()).isFalse();
        assertThat(sentOn).isEmpty();
        assertThat(meters.get("sluice.collector.spill.objects.waiting").gauge().value()).isOne();
    }

    @Test
    void letsOneTaskDrainAtATime() {
        MemoryLockRecords records = new MemoryLockRecords();
        LeaderLock first = new LeaseLock(records, "first", Duration.ofSeconds(10), clock);
        LeaderLock second = new LeaseLock(records, "second", Duration.ofSeconds(10), clock);
        assertThat(first.claim()).isPresent();
        writer().store(List.of(event("1")));

        drainer(second).drain();
        assertThat(sentOn).isEmpty();
        drainer(first).drain();
        assertThat(sentOn).containsExactly("1");
    }

    @Test
    void keepsADamagedObjectAsideAndGoesOn() {
        SpillWriter writer = writer();
        writer.store(List.of(event("1")));
        String key = keys(SpillKeys.PREFIX).getFirst();
        SpilledEvents.damage(objects, key);
        now.set(now.get().plusSeconds(1));
        writer.store(List.of(event("2")));

        drainer(new SoleLeader(1)).drain();

        assertThat(sentOn).containsExactly("2");
        assertThat(keys(SpillDrainer.DAMAGED)).hasSize(1);
        assertThat(meters.get("sluice.collector.spill.objects.damaged").counter().count()).isOne();
    }

    @Test
    void refusesWhileTheBucketIsAwayAndHoldsNothing() {
        objects.faults().goAway();
        SpillWriter writer = writer();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> writer.store(List.of(event("1"))))
                    .isInstanceOf(TransientFailure.class);
        }

        assertThatThrownBy(() -> writer.store(List.of(event("1"))))
                .hasMessageContaining("not tried");
        assertThat(writer.bytes()).isZero();
    }

    @Test
    void refusesWhatIsBeyondItsRoom() {
        SpillWriter writer = writer();
        List<SectionedEvent> large = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            large.add(event("large-" + i));
        }

        assertThatThrownBy(() -> writer.store(large)).hasMessageContaining("bytes wait");
        assertThat(keys(SpillKeys.PREFIX)).isEmpty();
    }

    private SpillWriter writer() {
        CircuitBreaker breaker =
                CircuitBreaker.of(
                        "spill",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(4)
                                .minimumNumberOfCalls(4)
                                .build());
        return new SpillWriter(
                objects, SpilledEvents.frames(clock), "p", CONFIG, breaker, clock, meters);
    }

    private SpillDrainer drainer(LeaderLock leader) {
        Consumer<List<Keyed<SectionedEvent>>> stream =
                events -> {
                    events.forEach(event -> sentOn.add(id(event.value())));
                    if (streamFailure != null) {
                        throw streamFailure;
                    }
                };
        return new SpillDrainer(
                objects,
                SpilledEvents.frames(clock),
                stream,
                leader,
                () -> streamIsWell,
                clock,
                meters);
    }

    private static String id(SectionedEvent event) {
        return Receipt.decode(event.receipt()).eventId().value();
    }

    private List<String> keys(String prefix) {
        try (Stream<ObjectSummary> all = objects.list(prefix)) {
            return all.map(ObjectSummary::key).toList();
        }
    }

    private SectionedEvent event(String id) {
        return SpilledEvents.event(id, now.get());
    }
}
