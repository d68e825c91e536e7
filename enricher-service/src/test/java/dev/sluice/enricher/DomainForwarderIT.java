package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.local.eventbridge.EventBridgeFaultRule;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.FailEntries;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Throttle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class DomainForwarderIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private LocalLine local;

    @BeforeEach
    void start() {
        local = new LocalLine(folder);
        for (String stream : List.of("valid", "enriched", "quarantine", "derived")) {
            local.createStream("sluice-" + stream);
        }
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void forwardsDomainEventsOfTheDerivedStream() {
        put(0, 1);
        local.events().faults().add(always(new Throttle()).times(1));
        local.events().faults().add(always(new FailEntries(3, "InternalFailure")).times(2));
        put(1, 40);

        try (ConfigurableApplicationContext _ = service()) {
            await().atMost(LONG).until(() -> recorded().size() >= 40);

            assertThat(recorded())
                    .extracting(event -> event.at("/detail/id").asString())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 40).mapToObj(DomainForwarderIT::id).toList());
            assertThat(recorded().getFirst().toString())
                    .contains(
                            "\"source\":\"sluice\"",
                            "\"detail-type\":\"purchase_completed\"",
                            "\"time\":\"2026-11-21T10:00:00Z\"",
                            "\"tenant_id\":\"shop\"",
                            "\"occurred_at\":\"2026-11-21T10:00:00.000000Z\",\"total\":4.5}");
        }
    }

    @Test
    void enrichesWhileEventBridgeIsAway() {
        local.events().goAway();
        put(0, 3);
        local.put("sluice-valid", Fixtures.frame(Fixtures.valid("1")));

        try (ConfigurableApplicationContext _ = service()) {
            await().atMost(LONG).until(() -> !local.records("sluice-enriched").isEmpty());
            assertThat(local.events().events("default")).isEmpty();

            local.events().comeBack();
            await().atMost(LONG).until(() -> recorded().size() == 3);
            // The event above begins a session of a week ago.
            await().atMost(LONG).until(() -> !recorded("session_ended").isEmpty());
        }
    }

    /// Puts domain events on the derived stream, as one record.
    private void put(int from, int to) {
        List<Derived> events =
                IntStream.range(from, to).<Derived>mapToObj(DomainForwarderIT::event).toList();
        DerivedBatch.encode(events).forEach(record -> local.put("sluice-derived", record));
    }

    private static DomainEvent event(int n) {
        return new DomainEvent(
                "shop",
                id(n),
                "purchase_completed",
                Fixtures.NOW,
                JsonMapper.shared().readTree("{\"total\":4.5}"));
    }

    private static String id(int n) {
        return "e-" + n + "/purchase_completed";
    }

    private List<JsonNode> recorded() {
        return recorded("purchase_completed");
    }

    private List<JsonNode> recorded(String type) {
        return local.events().events("default").stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(event -> event.path("detail-type").asString().equals(type))
                .toList();
    }

    private static EventBridgeFaultRule always(EventBridgeFaultRule.Action action) {
        return EventBridgeFaultRule.always(action).onOperation("PutEvents");
    }

    private ConfigurableApplicationContext service() {
        return new SpringApplicationBuilder(EnricherApplication.class).run(local.arguments());
    }
}
