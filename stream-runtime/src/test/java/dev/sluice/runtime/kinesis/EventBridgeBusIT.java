package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.eventbridge.EventBridgeFaultRule;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.DropAnswer;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Fail;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.FailEntries;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Throttle;
import dev.sluice.local.eventbridge.EventBridgeServer;
import dev.sluice.local.eventbridge.EventBridgeServerConfig;
import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.BusResult;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.bus.EventBusKit;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

class EventBridgeBusIT extends EventBusKit {

    private static final BusEvent EVENT = new BusEvent("shop", "purchase", Instant.EPOCH, "{}");

    private EventBridgeServer server;
    private EventBridgeClient client;
    private EventBus bus;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @BeforeEach
    void start(@TempDir Path folder) {
        server = EventBridgeServer.start(EventBridgeServerConfig.in(folder));
        client = LocalClients.eventBridge(server.endpoint());
        client.createEventBus(request -> request.name("orders"));
        bus = new EventBridgeBus(client, "orders", () -> now);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Override
    protected EventBus bus() {
        return bus;
    }

    @Override
    protected List<BusEvent> taken() {
        return server.events("orders").stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .map(EventBridgeBusIT::event)
                .toList();
    }

    private static BusEvent event(JsonNode recorded) {
        return new BusEvent(
                recorded.path("source").asString(),
                recorded.path("detail-type").asString(),
                Instant.parse(recorded.path("time").asString()),
                recorded.path("detail").toString());
    }

    @Override
    protected void failNext(int count) {
        strike(new FailEntries(count, "ThrottlingException"));
    }

    @Override
    protected void loseNextAnswer() {
        strike(new DropAnswer());
    }

    @Override
    protected void goAway() {
        server.goAway();
    }

    @Override
    protected void comeBack() {
        server.comeBack();
    }

    @Override
    protected void delete() {
        bus = new EventBridgeBus(client, "nowhere", () -> now);
    }

    @Test
    void looksAgainWhetherTheBusIsThere() {
        bus.put(List.of(EVENT));
        server.faults()
                .add(
                        EventBridgeFaultRule.always(new Fail(400, "ResourceNotFoundException"))
                                .onOperation("DescribeEventBus"));
        bus.put(List.of(EVENT));
        now = now.plusSeconds(60);

        assertThatThrownBy(() -> bus.put(List.of(EVENT)))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("orders");
        server.faults().clear();
        bus.put(List.of(EVENT));
        assertThat(taken()).hasSize(3);
    }

    @Test
    void tellsThrottlingAndServerErrorsFromARefusedAccess() {
        bus.put(List.of(EVENT));

        strike(new Throttle());
        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(TransientFailure.class);
        strike(new Fail(500, "InternalFailure"));
        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(TransientFailure.class);
        strike(new Fail(400, "AccessDeniedException"));
        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(SetupFailure.class);
        strike(new FailEntries(1, "AccessDeniedException"));
        assertThatThrownBy(() -> bus.put(List.of(EVENT))).isInstanceOf(SetupFailure.class);
    }

    @Test
    void putsHalfOfThemEachWhenACallIsTooLargeForTheService() {
        BusEvent large =
                new BusEvent(
                        "shop",
                        "purchase",
                        Instant.EPOCH,
                        "{\"a\":\"" + "x".repeat(EventBus.MOST_BYTES / 3) + "\"}");

        assertThat(bus.put(Collections.nCopies(7, large)))
                .hasSize(7)
                .containsOnly(new BusResult.Taken());
        assertThat(taken()).hasSize(7);
    }

    private void strike(EventBridgeFaultRule.Action action) {
        server.faults().add(EventBridgeFaultRule.always(action).onOperation("PutEvents").times(1));
    }
}
