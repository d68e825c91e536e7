package dev.sluice.local.eventbridge;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// PutEvents with the service's limits and its refusals of single entries. As there, an entry for a
/// bus that does not exist is answered as taken, and nobody ever sees it.
final class PutEvents {

    static final String NAME = "PutEvents";

    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 1 << 20;
    private static final int BYTES_OF_A_TIME = 14;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventBuses buses;
    private final InstantSource clock;

    PutEvents(EventBuses buses, InstantSource clock) {
        this.buses = buses;
        this.clock = clock;
    }

    /// @param failing how many entries fail on request, from the first on
    /// @param failure the code that they fail with
    /// @throws EventBridgeError if the call as a whole is refused
    ObjectNode answer(JsonNode request, int failing, String failure) {
        JsonNode entries = request.path("Entries");
        requireLimits(entries);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : entries.values()) {
            ObjectNode result = results.addObject();
            if (results.size() <= failing) {
                refuse(result, failure, "Fault on request: " + failure);
            } else {
                take(entry, result);
            }
            failed += result.has("ErrorCode") ? 1 : 0;
        }
        answer.put("FailedEntryCount", failed);
        return answer;
    }

    private static void requireLimits(JsonNode entries) {
        if (!entries.isArray() || entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            throw EventBridgeError.invalid(
                    "1 validation error detected: Value at 'entries' failed to satisfy constraint:"
                            + " Member must have length between 1 and "
                            + MOST_ENTRIES);
        }
        int bytes = 0;
        for (JsonNode entry : entries.values()) {
            bytes += size(entry);
            bus(entry);
        }
        if (bytes > MOST_BYTES) {
            throw EventBridgeError.invalid(
                    "Total size of the entries in the request is over the limit.");
        }
    }

    /// As "Calculating PutEvents event entry size" of the EventBridge user guide has it.
    private static int size(JsonNode entry) {
        int bytes = entry.has("Time") ? BYTES_OF_A_TIME : 0;
        for (String member : new String[] {"Source", "DetailType", "Detail"}) {
            bytes += entry.path(member).asString("").getBytes(StandardCharsets.UTF_8).length;
        }
        for (JsonNode resource : entry.path("Resources").values()) {
            bytes += resource.asString("").getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    private void take(JsonNode entry, ObjectNode result) {
        for (String member : new String[] {"Source", "DetailType", "Detail"}) {
            if (entry.path(member).asString("").isBlank()) {
                refuse(
                        result,
                        "InvalidArgument",
                        "Parameter %s is not valid. Reason: %s is a required argument."
                                .formatted(member, member));
                return;
            }
        }
        String source = entry.path("Source").asString();
        if (source.startsWith("aws.")) {
            refuse(
                    result,
                    "NotAuthorizedForSourceException",
                    "Not authorized for the source of the entry.");
            return;
        }
        if (!detail(entry).isObject()) {
            refuse(result, "MalformedDetail", "Detail is malformed.");
            return;
        }
        record(entry, result);
    }

    private void record(JsonNode entry, ObjectNode result) {
        String bus = bus(entry);
        String id = UUID.randomUUID().toString();
        if (buses.exists(bus)) {
            buses.add(bus, event(id, entry).toString());
        }
        result.put("EventId", id);
    }

    private static String bus(JsonNode entry) {
        return EventBuses.name(entry.path("EventBusName").asString(EventBuses.DEFAULT));
    }

    /// As a target would be given it.
    private ObjectNode event(String id, JsonNode entry) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", id);
        event.put("detail-type", entry.path("DetailType").asString());
        event.put("source", entry.path("Source").asString());
        event.put("account", EventBridgeServer.ACCOUNT);
        event.put("time", time(entry).toString());
        event.put("region", EventBridgeServer.REGION);
        event.set(
                "resources",
                entry.has("Resources") ? entry.path("Resources") : JSON.createArrayNode());
        event.set("detail", detail(entry));
        return event;
    }

    /// To the second, as the service gives it on.
    private Instant time(JsonNode entry) {
        Instant time =
                entry.path("Time").isNumber()
                        ? Instant.ofEpochSecond(entry.path("Time").decimalValue().longValue())
                        : clock.instant();
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static JsonNode detail(JsonNode entry) {
        try {
            return JSON.readTree(entry.path("Detail").asString());
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static void refuse(ObjectNode result, String code, String message) {
        result.put("ErrorCode", code).put("ErrorMessage", message);
    }
}
