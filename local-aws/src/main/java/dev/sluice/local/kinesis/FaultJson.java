package dev.sluice.local.kinesis;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fault rules as JSON:
/// `{"rules":[{"operation":"PutRecords","stream":"raw","shard":"shardId-000000000001",
/// "action":"throttle","probability":0.5,"times":10}]}`. Actions and their members: `throttle`;
/// `failRecords` with `count`; `delay` with `millis`; `fail` with `status` (500) and `error`
/// (`InternalFailure`); `dropAnswer`.
final class FaultJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FaultJson() {}

    /// @throws IllegalArgumentException naming what is wrong
    static List<FaultRule> read(byte[] body) {
        try {
            JsonNode rules = JSON.readTree(body).path("rules");
            if (!rules.isArray()) {
                throw new IllegalArgumentException("rules must be an array");
            }
            List<FaultRule> all = new ArrayList<>();
            for (JsonNode rule : rules.values()) {
                all.add(rule(rule));
            }
            return all;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the rules are not JSON of their form", e);
        }
    }

    private static FaultRule rule(JsonNode node) {
        return new FaultRule(
                text(node, "operation"),
                text(node, "stream"),
                text(node, "shard"),
                action(node),
                node.path("probability").doubleValue(1),
                node.path("times").longValue(Long.MAX_VALUE));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).stringValue(null));
    }

    private static FaultAction action(JsonNode node) {
        String name = node.path("action").stringValue("");
        return switch (name) {
            case "throttle" -> new FaultAction.Throttle();
            case "failRecords" -> new FaultAction.FailRecords(node.path("count").intValue(1));
            case "delay" ->
                    new FaultAction.Delay(Duration.ofMillis(node.path("millis").longValue(0)));
            case "fail" ->
                    new FaultAction.Fail(
                            node.path("status").intValue(500),
                            node.path("error").stringValue(KinesisError.INTERNAL));
            case "dropAnswer" -> new FaultAction.DropAnswer();
            default -> throw new IllegalArgumentException("unknown action: " + name);
        };
    }

    /// The rules with how often each has struck.
    static byte[] write(List<KinesisFaults.Strikes> strikes) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode rules = root.putArray("rules");
        for (KinesisFaults.Strikes each : strikes) {
            FaultRule rule = each.rule();
            ObjectNode node = rules.addObject();
            rule.operation().ifPresent(v -> node.put("operation", v));
            rule.stream().ifPresent(v -> node.put("stream", v));
            rule.shard().ifPresent(v -> node.put("shard", v));
            writeAction(rule.action(), node);
            node.put("probability", rule.probability());
            if (rule.times() != Long.MAX_VALUE) {
                node.put("times", rule.times());
            }
            node.put("struck", each.struck());
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void writeAction(FaultAction action, ObjectNode node) {
        switch (action) {
            case FaultAction.Throttle() -> node.put("action", "throttle");
            case FaultAction.FailRecords(int count) ->
                    node.put("action", "failRecords").put("count", count);
            case FaultAction.Delay(Duration delay) ->
                    node.put("action", "delay").put("millis", delay.toMillis());
            case FaultAction.Fail(int status, String error) ->
                    node.put("action", "fail").put("status", status).put("error", error);
            case FaultAction.DropAnswer() -> node.put("action", "dropAnswer");
        }
    }
}
