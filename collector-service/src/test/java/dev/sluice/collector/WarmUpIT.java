package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.StreamClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;

/// The collector rehearses before it is ready, and nobody finds a trace of it afterwards.
class WarmUpIT {

    private final MemoryStreams streams = RunningCollector.streams();
    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("memory", InstantSource.system(), log);

    @Test
    void rehearsesBeforeItIsReadyAndLeavesNoTrace() {
        try (RunningCollector collector = start()) {
            assertThat(collector.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(StoredEvents.of(streams).ids()).isEmpty();
            assertThat(collector.acceptedInTheBooks()).isZero();
            String metrics = collector.get("/actuator/prometheus").response().body();
            assertThat(metrics)
                    .doesNotContain("sluice_collector_requests_seconds_count")
                    .doesNotContain("rehearsal");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(log.of(Effect.ObjectDeleted.class))
                                            .singleElement()
                                            .asString()
                                            .contains("spill-rehearsal/"));
        }
    }

    @Test
    void isReadyAllTheSameWhenNeitherStreamNorBucketIsThere() {
        streams.faults().goAway();
        objects.faults().goAway();

        try (RunningCollector collector = start()) {
            assertThat(collector.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(collector.post("{\"event_type\":\"a\"}").status()).isEqualTo(503);

            streams.faults().heal();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> collector.post("{\"event_type\":\"a\"}").status() == 200);
        }
    }

    private RunningCollector start() {
        return RunningCollector.start(
                application -> {
                    application.registerBean("streamClient", StreamClient.class, () -> streams);
                    application.registerBean(ObjectStore.class, () -> objects);
                    application.registerBean(LeaderLock.class, () -> new SoleLeader(1));
                },
                "sluice.collector.spill.enabled=true",
                "sluice.collector.warm-up.time-limit=1s");
    }
}
