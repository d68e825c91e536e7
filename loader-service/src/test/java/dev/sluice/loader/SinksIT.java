package dev.sluice.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.loader.sink.http.HttpStub;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;

/// A loader with a sink that comes late.
class SinksIT {

    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir private Path folder;

    private LocalLine line;

    @BeforeEach
    void start() {
        line = new LocalLine(folder);
        for (String stream :
                new String[] {
                    "sluice-raw", "sluice-enriched", "sluice-quarantine", "sluice-derived"
                }) {
            line.createStream(stream);
        }
    }

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void theWarehouseGoesOnWhileASinkIsAwayAndTheSinkCatchesUp() {
        line.put("sluice-enriched", LocalLine.frame(Fixtures.pageView("e1")));
        int port = nobody();
        try (ConfigurableApplicationContext loader =
                line.loader(
                        "one",
                        "sluice.loader.opensearch.enabled=true",
                        "sluice.loader.opensearch.endpoint.url=http://localhost:" + port,
                        "sluice.loader.opensearch.window.age=200ms",
                        "sluice.kcl.stuck-after=3s")) {
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(line.query("SELECT event_id FROM events"))
                                            .containsExactly("e1"));
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(LocalLine.get(loader, "health"))
                                            .contains("degraded: sluice-opensearch")
                                            .contains("no answer to PUT http://localhost:" + port)
                                            .doesNotContain("DOWN"));
            try (HttpStub sink = new HttpStub(HttpStub.server(port), _ -> written())) {
                await().atMost(LONG)
                        .untilAsserted(
                                () -> {
                                    assertThat(sink.requests)
                                            .extracting(HttpStub.Request::text)
                                            .anyMatch(text -> text.contains("acme/e1"));
                                    assertThat(LocalLine.get(loader, "health"))
                                            .doesNotContain("degraded");
                                    assertThat(LocalLine.get(loader, "prometheus"))
                                            .contains(
                                                    "sluice_sink_events_total{outcome=\"written\",sink=\"opensearch\"} 1.0");
                                });
            }
        }
    }

    private static HttpStub.Reply written() {
        return new HttpStub.Reply(200, "{\"errors\":false}");
    }

    /// A port where nobody listens.
    private static int nobody() {
        try (HttpStub gone = new HttpStub(_ -> written())) {
            return gone.port();
        }
    }
}
