package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// SIGTERM, as Spring Boot's shutdown hook sees it, in the middle of load.
class ShutdownIT {

    @Test
    void storesEveryEventItSaid200ToWhileItStops() throws Exception {
        MemoryStreams streams = RunningCollector.streams();
        RunningCollector collector =
                RunningCollector.start(
                        streams,
                        "sluice.collector.shutdown.drain=3s",
                        "sluice.collector.books.flush-interval=1h");
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
        AtomicInteger ids = new AtomicInteger();
        AtomicBoolean readinessFailedFirst = new AtomicBoolean();

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 8; client++) {
                clients.execute(() -> send(collector, ids, acknowledged, refusals));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 200);
            clients.execute(
                    () ->
                            await().atMost(Duration.ofSeconds(10))
                                    .pollInterval(Duration.ofMillis(20))
                                    .until(() -> notReady(collector, readinessFailedFirst)));
            collector.close();
        }

        assertThat(readinessFailedFirst).isTrue();
        assertThat(refusals).allMatch(status -> status == 503);
        assertThat(StoredEvents.of(streams).ids()).containsAll(acknowledged);
        assertThat(collector.acceptedInTheBooks())
                .isBetween(
                        (long) acknowledged.size(), (long) StoredEvents.of(streams).ids().size());
    }

    /// Sends until nobody is there any more.
    private static void send(
            RunningCollector collector,
            AtomicInteger ids,
            Set<String> acknowledged,
            Queue<Integer> refusals) {
        while (true) {
            String id = "e" + ids.incrementAndGet();
            try {
                Reply reply =
                        collector.post("{\"event_type\":\"a\",\"event_id\":\"%s\"}".formatted(id));
                if (reply.status() == 200) {
                    acknowledged.add(id);
                } else {
                    refusals.add(reply.status());
                }
            } catch (UncheckedIOException gone) {
                return;
            }
        }
    }

    private static boolean notReady(RunningCollector collector, AtomicBoolean whileTaking) {
        try {
            if (collector.get("/actuator/health/readiness").status() != 503) {
                return false;
            }
            whileTaking.set(
                    collector.post("{\"event_type\":\"a\",\"event_id\":\"late\"}").status() == 200);
            return true;
        } catch (UncheckedIOException gone) {
            return true;
        }
    }
}
