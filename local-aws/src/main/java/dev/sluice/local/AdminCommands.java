package dev.sluice.local;

import dev.sluice.local.dynamodb.DynamoDbServer;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the admin endpoint understands; the README has the table.
final class AdminCommands {

    /// @param body JSON of a 200, else a sentence that says what is wrong and what is allowed
    record Answer(int status, String body) {}

    /// Says what is wrong with a request.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String USAGE =
            "GET or DELETE /faults; GET, PUT or DELETE /faults/SERVICE; POST /SERVICE/stop or"
                    + " /SERVICE/start; POST /dynamodb/steal-lease";

    private final Map<LocalService, FaultTarget> targets = new EnumMap<>(LocalService.class);
    private final Optional<DynamoDbServer> dynamodb;

    /// @param servers the emulators that run
    AdminCommands(Map<LocalService, AutoCloseable> servers) {
        servers.forEach(
                (service, server) ->
                        FaultTarget.of(server).ifPresent(target -> targets.put(service, target)));
        dynamodb =
                servers.values().stream()
                        .filter(DynamoDbServer.class::isInstance)
                        .map(DynamoDbServer.class::cast)
                        .findFirst();
    }

    Answer answer(String method, String path, byte[] body) {
        try {
            return new Answer(200, command(method, path, body).toString());
        } catch (Refused e) {
            return new Answer(e.status, e.getMessage() + "\n");
        } catch (IllegalArgumentException e) {
            return new Answer(400, e.getMessage() + "\n");
        } catch (RuntimeException e) {
            return new Answer(500, e + "\n");
        }
    }

    private ObjectNode command(String method, String path, byte[] body) {
        List<String> parts = Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList();
        if (parts.equals(List.of("faults"))) {
            return everything(method);
        }
        if (parts.size() != 2) {
            throw new Refused(404, "nothing at " + path + ": " + USAGE);
        }
        if (parts.getFirst().equals("faults")) {
            return faults(method, parts.getLast(), body);
        }
        return parts.getLast().equals("steal-lease")
                ? steal(method, parts.getFirst(), body)
                : turn(method, parts.getFirst(), parts.getLast());
    }

    private ObjectNode everything(String method) {
        require(method, "GET", "DELETE");
        if (method.equals("DELETE")) {
            targets.values().forEach(FaultTarget::heal);
        }
        ObjectNode all = JSON.createObjectNode();
        targets.forEach((service, target) -> all.set(service.toString(), show(target)));
        return all;
    }

    private ObjectNode faults(String method, String service, byte[] body) {
        FaultTarget target = target(service);
        require(method, "GET", "PUT", "DELETE");
        if (method.equals("PUT")) {
            target.rules().addJson(body);
        } else if (method.equals("DELETE")) {
            target.heal();
        }
        return show(target);
    }

    private ObjectNode turn(String method, String service, String way) {
        FaultTarget target = target(service);
        require(method, "POST");
        switch (way) {
            case "stop" -> target.stop().run();
            case "start" -> target.start().run();
            default ->
                    throw new Refused(404, way + " is unknown, allowed are stop, start: " + USAGE);
        }
        return show(target);
    }

    private ObjectNode steal(String method, String service, byte[] body) {
        require(method, "POST");
        if (!service.equals("dynamodb") || dynamodb.isEmpty()) {
            throw new Refused(404, "leases are stolen from dynamodb, when it was started");
        }
        JsonNode request = parse(body);
        dynamodb.get()
                .faults()
                .stealLease(
                        required(request, "table"),
                        required(request, "shard"),
                        required(request, "owner"));
        return (ObjectNode) request;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body);
            if (request.isObject()) {
                return request;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the body must be JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(
                "the body must be {\"table\":…,\"shard\":…,\"owner\":…}");
    }

    private static String required(JsonNode request, String name) {
        return Optional.ofNullable(request.path(name).stringValue(null))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        name
                                                + " is missing: a text, beside table, shard and"
                                                + " owner"));
    }

    private FaultTarget target(String service) {
        return targets.entrySet().stream()
                .filter(e -> e.getKey().toString().equals(service))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        service
                                                + " is no service that was started, those are "
                                                + targets.keySet().stream()
                                                        .map(LocalService::toString)
                                                        .collect(Collectors.joining(", "))
                                                + ": "
                                                + USAGE));
    }

    private static void require(String method, String... allowed) {
        if (!List.of(allowed).contains(method)) {
            throw new Refused(405, method + " is not allowed, only " + String.join(", ", allowed));
        }
    }

    private static ObjectNode show(FaultTarget target) {
        ObjectNode node = JSON.createObjectNode();
        node.put("stopped", target.isStopped().getAsBoolean());
        node.set("rules", target.rules().toJson());
        return node;
    }
}
