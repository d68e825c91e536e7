package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Many who send slowly, or without end, keep nobody else from being served.
class SlowConnectionsIT {

    private static final int MANY = 300;
    private static final String EVENT = "{\"event_type\":\"a\",\"event_id\":\"%s\"}";

    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        MemoryStreams streams = RunningCollector.streams();
        collector =
                RunningCollector.start(
                        streams,
                        "server.tomcat.connection-timeout=1s",
                        "sluice.collector.http.body-time-limit=2s",
                        "sluice.collector.http.bytes-in-flight=4MB");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    /// Slowloris: none of the bodies ever ends, each declares megabytes.
    @Test
    void servesOthersWhileManyDripTheirBodies() throws IOException {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                slow.add(
                        new RawConnection(collector.port())
                                .write(
                                        "POST /v1/events HTTP/1.1\r\nHost: a\r\nX-Write-Key: %s\r\nContent-Length: 4000000\r\n\r\n{"
                                                .formatted(RunningCollector.KEY)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(collector.post(EVENT.formatted("among-slow-" + i)).status())
                        .isEqualTo(200);
            }
            RawConnection last = slow.getLast();
            last.drip(Duration.ofMillis(200), Duration.ofSeconds(10));
            assertThat(last.answer()).startsWith("HTTP/1.1 408");
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> collector.bean(BytesInFlight.class).held() == 0);
    }

    @Test
    void hangsUpOnHeadsThatNeverEnd() throws IOException {
        try (RawConnection head = new RawConnection(collector.port())) {
            head.write("POST /v1/events HTTP/1.1\r\nHost: a\r\nX-Slow: ");
            head.drip(Duration.ofMillis(1500), Duration.ofSeconds(10));
            assertThat(head.answer()).doesNotContain("200");
        }
        assertThat(collector.post(EVENT.formatted("after-heads")).status()).isEqualTo(200);
    }

    @Test
    void takesAPixelWithALongAddress() throws IOException {
        try (RawConnection pixel = new RawConnection(collector.port())) {
            pixel.write(
                    "GET /i?e=pv&aid=%s&page=%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .formatted(RunningCollector.KEY, "y".repeat(20_000)));
            assertThat(pixel.answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void refusesHeadsBeyondTheLimit() throws IOException {
        try (RawConnection head = new RawConnection(collector.port())) {
            head.write(
                    "GET /i?e=pv&x=%s HTTP/1.1\r\nHost: a\r\n\r\n".formatted("y".repeat(70_000)));
            assertThat(head.answer()).startsWith("HTTP/1.1 400");
        }
        try (RawConnection head = new RawConnection(collector.port())) {
            head.write("POST /v1/events HTTP/1.1\r\nHost: a\r\n");
            for (int i = 0; i < 200; i++) {
                head.write("X-%d: y\r\n".formatted(i));
            }
            assertThat(head.write("\r\n").answer()).startsWith("HTTP/1.1 400");
        }
    }
}
