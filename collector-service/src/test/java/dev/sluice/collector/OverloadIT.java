package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// When the stream is slow, full or away: 503 with `Retry-After`, and well again afterwards. In an
/// order, because the circuit breaker is one.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OverloadIT {

    private static final String EVENT = "{\"event_type\":\"a\",\"event_id\":\"%s\"}";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
    private static final int HELD_LIMIT = 4 << 20;

    private static MemoryStreams streams;
    private static GatedStreams gate;
    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        gate = new GatedStreams(streams);
        collector =
                RunningCollector.start(
                        gate,
                        "sluice.collector.http.bytes-in-flight=" + HELD_LIMIT + "B",
                        "sluice.collector.http.retry-after=7s",
                        "sluice.collector.stream.time-limit=" + TIME_LIMIT,
                        "sluice.publisher.backoff-max=100ms",
                        "sluice.publisher.group.max-in-flight=1MB",
                        "resilience4j.circuitbreaker.instances.raw-stream.minimum-number-of-calls=6",
                        "resilience4j.circuitbreaker.instances.raw-stream.wait-duration-in-open-state=4s");
    }

    @AfterAll
    static void stop() {
        gate.open();
        collector.close();
    }

    @Test
    @Order(1)
    void refusesWhatExceedsTheBoundsAndRecovers() throws Exception {
        gate.close();
        List<Reply> replies = new ArrayList<>();
        long most = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Reply>> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String body = large("full-" + i);
                calls.add(CompletableFuture.supplyAsync(() -> collector.post(body), clients));
            }
            BytesInFlight inFlight = collector.bean(BytesInFlight.class);
            while (calls.stream().anyMatch(call -> !call.isDone())) {
                most = Math.max(most, inFlight.held());
                if (calls.stream().filter(CompletableFuture::isDone).count() > 40) {
                    gate.open();
                }
                Thread.onSpinWait();
            }
            for (CompletableFuture<Reply> call : calls) {
                replies.add(call.get());
            }
        }

        assertThat(replies).extracting(Reply::status).containsOnly(200, 503).contains(503, 200);
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 503)
                .allSatisfy(
                        reply -> {
                            assertThat(reply.header("Retry-After")).isEqualTo("7");
                            assertThat(reply.errorCode()).isEqualTo("unavailable");
                            assertThat(reply.errorMessage()).contains("again later");
                        });
        assertThat(most).isPositive().isLessThanOrEqualTo(HELD_LIMIT);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> collector.post(EVENT.formatted("after-full")).status() == 200);
        assertThat(collector.bean(BytesInFlight.class).held()).isZero();
    }

    @Test
    @Order(2)
    void answers503WhileTheStreamIsAwayThenAtOnceAndThenRecovers() {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> collector.get("/actuator/health/readiness").status() == 200);
        streams.faults().failRandomly(new Random(1), 1, "InternalFailure");

        Reply first = collector.post(EVENT.formatted("away"), "Origin", "https://shop.example");
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(first.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");

        Reply readiness = failUntilNotReady();
        Instant asked = Instant.now();
        assertThat(collector.post(EVENT.formatted("away")).status()).isEqualTo(503);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(TIME_LIMIT);
        assertThat(readiness.json().at("/components/rawStream/details/why").asString())
                .isNotBlank();
        assertThat(collector.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(StoredEvents.of(streams).ids()).doesNotContain("away");

        streams.faults().heal();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> collector.get("/actuator/health/readiness").status() == 200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> collector.post(EVENT.formatted("back")).status() == 200);
        assertThat(StoredEvents.of(streams).ids()).contains("back");
    }

    private static Reply failUntilNotReady() {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                clients.execute(() -> collector.post(EVENT.formatted("away")));
            }
            return await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> collector.get("/actuator/health/readiness"),
                            reply -> reply.status() == 503);
        }
    }

    /// Some 200 KB.
    private static String large(String id) {
        return "{\"event_type\":\"a\",\"event_id\":\"%s\",\"x\":\"%s\"}"
                .formatted(id, "y".repeat(200 << 10));
    }
}
