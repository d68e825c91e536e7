package dev.sluice.collector.egress.spill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.Keyed;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The drainer dies between any two things it does: the stream has every event, in order, and a
/// second copy is the same receipt.
class DrainerCrashTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-26T10:00:00Z"));

    @Test
    void losesNothingAndDoublesNothingWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(World::new)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void survivesASecondCrash() {
        assertThat(CrashAfterEachEffect.twice(World::new)).isPositive();
    }

    /// Three spilled objects, the second of them damaged.
    private static final class World implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryObjectStore objects = new MemoryObjectStore("b", CLOCK, log);
        private final List<String> stream = new ArrayList<>();

        World() {
            SpillWriter writer =
                    new SpillWriter(
                            objects,
                            SpilledEvents.frames(CLOCK),
                            "p",
                            new SpillConfig(10_000, 4_000, 1, Duration.ZERO, Duration.ofSeconds(5)),
                            CircuitBreaker.ofDefaults("spill"),
                            CLOCK,
                            new SimpleMeterRegistry());
            for (String id : List.of("1", "2", "3")) {
                writer.store(
                        List.of(
                                SpilledEvents.event(id + "-a", CLOCK.instant()),
                                SpilledEvents.event(id + "-b", CLOCK.instant())));
            }
            SpilledEvents.damage(objects, keys().get(1));
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            new SpillDrainer(
                            objects,
                            SpilledEvents.frames(CLOCK),
                            this::send,
                            new SoleLeader(1),
                            () -> true,
                            CLOCK,
                            new SimpleMeterRegistry())
                    .drain();
        }

        @Override
        public void crash() {
            // it remembers nothing
        }

        @Override
        public Object outcome() {
            return List.of(stream.stream().distinct().toList(), keys());
        }

        private void send(List<Keyed<SectionedEvent>> events) {
            for (Keyed<SectionedEvent> event : events) {
                stream.add(Receipt.decode(event.value().receipt()).toString());
                log.note("sent " + stream.getLast());
            }
        }

        private List<String> keys() {
            try (Stream<ObjectSummary> all = objects.list("")) {
                return all.map(ObjectSummary::key).toList();
            }
        }
    }
}
