package dev.sluice.local.eventbridge;

import dev.sluice.local.eventbridge.EventBridgeFaultRule.Action;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Delay;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.DropAnswer;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Fail;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.FailEntries;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Throttle;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.InstantSource;

/// From the bytes of a request to its answer, with the faults that strike it.
final class EventBridgeCalls {

    /// @param delay how much later the answer is sent
    /// @param dropped whether the connection is closed instead
    record Answer(int status, String body, String errorType, Duration delay, boolean dropped) {}

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeCalls.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventBuses buses;
    private final EventBridgeFaults faults;
    private final PutEvents put;

    EventBridgeCalls(EventBuses buses, EventBridgeFaults faults, InstantSource clock) {
        this.buses = buses;
        this.faults = faults;
        this.put = new PutEvents(buses, clock);
    }

    Answer answer(String target, byte[] body) {
        String operation = target.substring(target.indexOf('.') + 1);
        Struck struck = new Struck();
        try {
            faults.strike(operation).forEach(struck::meet);
            struck.throwError();
            ObjectNode answer = call(operation, parse(body), struck);
            return new Answer(200, answer.toString(), "", struck.delay, struck.dropped);
        } catch (EventBridgeError e) {
            return error(e, struck);
        } catch (RuntimeException e) {
            LOG.error("{} failed", operation, e);
            return error(
                    new EventBridgeError(EventBridgeError.INTERNAL, 500, "Internal failure."),
                    struck);
        }
    }

    private ObjectNode call(String operation, JsonNode request, Struck struck) {
        return switch (operation) {
            case PutEvents.NAME -> put.answer(request, struck.failing, struck.failure);
            case "CreateEventBus" -> create(request.path("Name").asString(""));
            case "DescribeEventBus" -> describe(request.path("Name").asString(EventBuses.DEFAULT));
            default ->
                    throw new EventBridgeError(
                            "UnknownOperationException", 400, "Not here: " + operation);
        };
    }

    private ObjectNode create(String wanted) {
        String bus = EventBuses.name(wanted);
        if (buses.exists(bus)) {
            throw new EventBridgeError(
                    "ResourceAlreadyExistsException", 400, "Event bus " + bus + " already exists.");
        }
        buses.create(bus);
        return JSON.createObjectNode().put("EventBusArn", EventBridgeServer.arn(bus));
    }

    private ObjectNode describe(String wanted) {
        String bus = EventBuses.name(wanted);
        if (!buses.exists(bus)) {
            throw new EventBridgeError(
                    "ResourceNotFoundException", 400, "Event bus " + bus + " does not exist.");
        }
        return JSON.createObjectNode().put("Name", bus).put("Arn", EventBridgeServer.arn(bus));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new EventBridgeError("SerializationException", 400, "The body is not JSON.");
        }
    }

    private static Answer error(EventBridgeError error, Struck struck) {
        ObjectNode body =
                JSON.createObjectNode().put("__type", error.type()).put("message", error.text());
        return new Answer(
                error.status(), body.toString(), error.type(), struck.delay, struck.dropped);
    }

    /// What the faults have in store for one call.
    private static final class Struck {
        private Duration delay = Duration.ZERO;
        private boolean dropped;
        private int failing;
        private String failure = "";
        private @Nullable EventBridgeError error;

        void meet(Action action) {
            switch (action) {
                case Throttle() ->
                        error =
                                new EventBridgeError(
                                        EventBridgeError.THROTTLED, 400, "Rate exceeded");
                case Fail(int status, String type) ->
                        error = new EventBridgeError(type, status, "Fault on request: " + type);
                case FailEntries(int count, String type) -> {
                    failing += count;
                    failure = type;
                }
                case Delay(Duration more) -> delay = delay.plus(more);
                case DropAnswer() -> dropped = true;
            }
        }

        void throwError() {
            if (error != null) {
                throw error;
            }
        }
    }
}
