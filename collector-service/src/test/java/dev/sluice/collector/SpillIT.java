package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.SoleLeader;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.StreamClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The stream is away: the bucket takes the events. The bucket is away too: the sender keeps them.
class SpillIT {

    private static final String EVENT = "{\"event_type\":\"page_view\",\"event_id\":\"%s\"}";

    private final MemoryStreams streams = RunningCollector.streams();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private RunningCollector collector;

    @BeforeEach
    void start() {
        collector =
                RunningCollector.start(
                        application -> {
                            application.registerBean(
                                    "streamClient", StreamClient.class, () -> streams);
                            application.registerBean(ObjectStore.class, () -> objects);
                            application.registerBean(LeaderLock.class, () -> new SoleLeader(1));
                        },
                        "sluice.collector.spill.enabled=true",
                        "sluice.collector.spill.drain-interval=100ms",
                        "sluice.collector.stream.time-limit=300ms",
                        "resilience4j.circuitbreaker.instances.raw-stream.permitted-number-of-calls-in-half-open-state=1",
                        "resilience4j.circuitbreaker.instances.raw-stream.wait-duration-in-open-state=1s");
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void answers200FromTheBucketWhileTheStreamIsAwayAndSendsOnAfterwards() {
        streams.faults().goAway();

        List<Integer> answers = post(200);

        assertThat(answers).containsOnly(200);
        assertThat(StoredEvents.of(streams).ids()).isEmpty();
        assertThat(spilled()).isNotEmpty();
        Reply readiness = collector.get("/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);

        streams.faults().heal();
        await().atMost(Duration.ofSeconds(20)).until(() -> spilled().isEmpty());
        assertThat(StoredEvents.of(streams).ids()).hasSize(200).doesNotHaveDuplicates();
        assertThat(collector.acceptedInTheBooks()).isLessThanOrEqualTo(200);
    }

    @Test
    void answers503WhenTheBucketIsAwayTooAndRecovers() {
        streams.faults().goAway();
        objects.faults().goAway();

        assertThat(post(40)).containsOnly(503);
        // only requests make it try the stream again, and see that it is still away
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                post(20).stream().allMatch(status -> status == 503)
                                        && collector.get("/actuator/health/readiness").status()
                                                == 503);

        objects.faults().heal();
        streams.faults().heal();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> collector.post(EVENT.formatted("back")).status() == 200);
        await().atMost(Duration.ofSeconds(20)).until(() -> spilled().isEmpty());
        assertThat(StoredEvents.of(streams).ids()).contains("back");
    }

    private List<Integer> post(int count) {
        List<Integer> answers = new CopyOnWriteArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < count; i++) {
                String event = EVENT.formatted("event-" + i);
                clients.execute(() -> answers.add(collector.post(event).status()));
            }
        }
        return new ArrayList<>(answers);
    }

    private List<String> spilled() {
        try (Stream<ObjectSummary> all = objects.list("spill/")) {
            return all.map(ObjectSummary::key).toList();
        }
    }
}
