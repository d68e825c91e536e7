package dev.sluice.local.kinesis;

import dev.sluice.local.fault.RuleForm;
import dev.sluice.local.fault.RuleNode;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// `{"operation":"PutRecords","stream":"raw","shard":"shardId-000000000001","action":"throttle"}`.
/// Actions and their members: `throttle`; `failRecords` with `count` (1); `delay` with `millis`;
/// `fail` with `status` (500) and `error` (`InternalFailure`); `dropAnswer`; `clockSkew` with
/// `millis`; `diskFull`.
final class FaultForm implements RuleForm<FaultRule> {

    private static final List<String> ACTIONS =
            List.of(
                    "throttle",
                    "failRecords",
                    "delay",
                    "fail",
                    "dropAnswer",
                    "clockSkew",
                    "diskFull");

    @Override
    public FaultRule read(RuleNode node, double probability, long times) {
        return new FaultRule(
                node.text("operation"),
                node.text("stream"),
                node.text("shard"),
                action(node),
                probability,
                times);
    }

    private static FaultAction action(RuleNode node) {
        return switch (node.required("action", ACTIONS)) {
            case "throttle" -> new FaultAction.Throttle();
            case "failRecords" ->
                    new FaultAction.FailRecords(Math.toIntExact(node.whole("count", 1)));
            case "delay" -> new FaultAction.Delay(node.millis());
            case "fail" ->
                    new FaultAction.Fail(
                            Math.toIntExact(node.whole("status", 500)),
                            node.text("error").orElse(KinesisError.INTERNAL));
            case "dropAnswer" -> new FaultAction.DropAnswer();
            case "clockSkew" -> new FaultAction.ClockSkew(node.millis());
            case "diskFull" -> new FaultAction.DiskFull();
            default -> throw new IllegalStateException("an action of the list is missing here");
        };
    }

    @Override
    public void write(FaultRule rule, ObjectNode node) {
        rule.operation().ifPresent(v -> node.put("operation", v));
        rule.stream().ifPresent(v -> node.put("stream", v));
        rule.shard().ifPresent(v -> node.put("shard", v));
        switch (rule.action()) {
            case FaultAction.Throttle() -> node.put("action", "throttle");
            case FaultAction.FailRecords(int count) ->
                    node.put("action", "failRecords").put("count", count);
            case FaultAction.Delay(var delay) ->
                    node.put("action", "delay").put("millis", delay.toMillis());
            case FaultAction.Fail(int status, String error) ->
                    node.put("action", "fail").put("status", status).put("error", error);
            case FaultAction.DropAnswer() -> node.put("action", "dropAnswer");
            case FaultAction.ClockSkew(var skew) ->
                    node.put("action", "clockSkew").put("millis", skew.toMillis());
            case FaultAction.DiskFull() -> node.put("action", "diskFull");
        }
    }
}
